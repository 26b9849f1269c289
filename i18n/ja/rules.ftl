### Firewall rules made from a selection: what stands in sheets and comments, and why a connection is not in a file.

# In place of a scenario's title, where the reader chose alone.
rules-own = 任意の選択内容

## Words in the files

rules-t-product = 製品
rules-t-version = バージョン
rules-t-scenario = シナリオ
# For which machine or gateway the rules are.
rules-t-side = ルールの適用先
# A short code that changes whenever the facts behind the rules change.
rules-t-fingerprint = データの識別子
rules-t-number = 番号
rules-t-direction = 方向
rules-t-source = 送信元
rules-t-source-address = 送信元アドレス
rules-t-source-port = 送信元ポート
rules-t-destination = 宛先
rules-t-destination-address = 宛先アドレス
rules-t-protocol = プロトコル
rules-t-port = ポート
rules-t-icmp-type = ICMPタイプ
rules-t-purpose = 目的
# The id of a connection.
rules-t-connection = 接続
rules-t-reason = 理由
# What of a connection is not in the file: an option, a port, an address, …
rules-t-subject = 該当項目
rules-t-explanation = 説明と対応
# Directions of a rule, seen from the machine or from the gateway that filters.
rules-t-in = 受信
rules-t-out = 送信
rules-t-forward = 転送
# In place of an address: the machine that the rules are for.
rules-t-here = このコンピューター
rules-t-any = 任意
rules-t-any-port = すべて
# Names of the sheets of a workbook, at most 31 characters.
rules-t-sheet-rules = ルール
rules-t-sheet-left = 含まれないもの
rules-t-sheet-about = 概要
# Heading of the list of connections that the file does not allow.
rules-t-not-expressed = このファイルに含まれないもの：
# Comments above commands.
rules-t-load = ファイルの読み込み：
rules-t-unload = ルールの削除：
rules-t-jump = 初回のみ、既存のチェーンから次のようにジャンプします（確立済みの接続は、既存のチェーン側で許可しておく必要があります）：
# Behind a line in which an example address has to be replaced.
rules-t-fill = お使いのアドレスに置き換え、行頭の # を削除してください
rules-t-csv-separator = { "," }

## Why something is not included

# $what: ids of options, parted by commas.
rules-depends = 選択によって結果が変わります（{ $what }）。ページまたは --choose で選択してください。
# $what: ids of connections.
rules-one-of = いずれか1つの接続で足ります（{ $what }）。使用する接続をページまたは --pick で選択してください。
# $what: ports with their transports.
rules-one-line = いずれか1つのポートで足ります（{ $what }）。使用するポートをページまたは --pick で選択してください。
rules-loopback = 1台のコンピューターの中で完結する接続です。ネットワーク上のルールは不要なため、対応の必要はありません。
rules-internal = コンポーネントの内部で使用されるポートで、クライアントからは接続されません。コンピューター自体で通信を制限している場合は、そのコンピューター用のルールを作成してください。
# $what: id of a zone.
rules-same-zone = 送信元と宛先がどちらもゾーン{ $what }にあるため、ゾーン間のゲートウェイを通過しません。ゾーン内の通信も制限している場合は、gateway-all 用のルールを作成してください。
# $what: a range of ports with its transport.
rules-random = ポートがランダムに選択されます（{ $what }）。範囲全体を許可すると必要以上に広いルールになります。製品側でポートを固定できる場合は固定し、ルールを手動で追加してください。
# $what: a transport.
rules-configured = { $what }のポート番号は、お使いのサーバーの設定によります。ページまたは --port で指定してください。
# $what: ids of components.
rules-unpublished = { $what }のアドレスは公開されていません。アドレスを確認し、ページまたは --address で指定してください。
rules-unknown = { $what }のアドレスは出典に記載されていません。アドレスを確認し、ページまたは --address で指定してください。
# $what: id of the source that lists the addresses.
rules-see = アドレスは別の出典（{ $what }）に掲載されています。そこでアドレスを確認し、ページまたは --address で指定してください。
rules-none-for-choice = この選択に対応する{ $what }のアドレスは公開されていません。選択内容を見直すか、ページまたは --address でアドレスを指定してください。
# $what: an address with a path.
rules-path = ルールに記述できるのは{ $what }のホストだけで、パスは含まれません。このパスだけを許可するには、URLを検査できるフィルターを使用してください。
# $what: a host name.
rules-fqdn = この形式では、ホスト名{ $what }を記述できません。別の形式を選択するか、ホストの現在のアドレスをページまたは --address で指定してください。
rules-wild = この形式では、ワイルドカード{ $what }を記述できません。別の形式を選択するか、使用するホストをページまたは --address で指定してください。
# $what: a host name with a path.
rules-url = この形式では、URL { $what }を記述できません。別の形式を選択するか、ホストの現在のアドレスをページまたは --address で指定してください。
# $what: an address or a network.
rules-v4 = この形式では、IPv4のアドレスまたはサブネット{ $what }を記述できません。別の形式を選択してください。
rules-v6 = この形式では、IPv6のアドレスまたはサブネット{ $what }を記述できません。別の形式を選択してください。
# $what: id of a component.
rules-named = { $what }のアドレスが指定されていません。ページまたは --address で指定してください。
rules-any = この形式では、任意のアドレスを許可するルールを記述できません。別の形式を選択するか、ルールを手動で追加してください。
# $what: a protocol.
rules-any-port = この形式では、{ $what }のすべてのポートを許可するルールを記述できません。別の形式を選択するか、ルールを手動で追加してください。
rules-proto = この形式では、プロトコル{ $what }のルールを記述できません。別の形式を選択するか、ルールを手動で追加してください。
# $what: the number that the rule would have.
rules-limit = このルールの番号は{ $what }となり、この形式の上限を超えます。接続を減らすか、アドレスをサブネットにまとめてください。
# $what: a protocol.
rules-no-common-family = 送信元と宛先に、{ $what }で使用できる共通のIPバージョンがありません。両方に同じIPバージョンのアドレスを、ページまたは --address で指定してください。
# $what: in, out or forward.
rules-side = この形式では、方向{ $what }のルールを記述できません。別の形式を選択するか、接続相手の側でルールを作成してください。
rules-block = ブロックが必要な接続です。この接続を許可するルールがないことを確認してください。
# $what: from or to.
rules-unstated = この接続の一方の端（{ $what }）が出典に記載されていません。ベンダーに確認し、ルールを手動で追加してください。
# $what: ports with a transport.
rules-source-port = このルールには、送信元ポート{ $what }を記述できません。別の形式を選択するか、実際に使用されるポートを指定してルールを手動で追加してください。
# $what: number of a type of messages.
rules-icmp-type = この形式では、ICMPをタイプ{ $what }だけに限定できません。別の形式を選択するか、ルールを手動で追加してください。
