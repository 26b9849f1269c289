### 画面の文言

locale-name = 日本語
choose-language = 言語を選択
skip-to-content = 本文へ移動
site-menu = サイト
language-menu = 言語
breadcrumb = 現在の位置
on-this-page = このページの内容

home-intro = 製品に必要な接続、その接続を開始する側、必要になる条件を、製品ごとの表にまとめています。内容はどの言語でも同じです。
products = 製品
versions = バージョン：{ $versions }
pages = ガイド
glossary = 用語集
glossary-intro = このサイトで使用している用語の一覧です。
glossary-ui = ベンダーの管理画面に表示される名称を、公開されている表記のまま掲載しています。

options = 要件を左右する項目
option-when = { $condition }の場合に指定
option-default = 初期設定：{ $choices }
option-switch = 有効または無効を選択する項目です。指定がなければ{ $state }とみなします。
option-switch-default = 有効または無効を選択する項目です。初期設定は{ $state }です。
flows = 接続
flows-opened-by = { $component }から開始する接続
flows-empty = 登録されている接続はありません。
flows-count = 接続{ $count }件
# In place of a table, where all that there is stands apart.
flows-only-apart = 接続は、以下に示すものだけです。
flows-opened-by-any = 任意の送信元から開始する接続
flows-opener-unstated = 接続元の記載がない接続
flows-blocked = ブロックが必要な接続
flows-blocked-intro = 許可してはならない接続が{ $count }件あります。
outbound-between = どちらの側からも開始する接続は、「受信」に記載しています。
column-number = 番号とサービス
# Connections that no client opens, counted apart from the others.
flows-internal = 内部用：クライアントからの接続なし
flows-internal-intro = コンポーネントの内部で使用される接続が{ $count }件あります。クライアントからは接続されません。
flows-loopback = 同一コンピューター内
flows-loopback-intro = 1台のコンピューターの中で完結する接続が{ $count }件あります。ネットワーク上のルールは不要です。
column-from = 送信元
column-to = 宛先
column-ports = ポート
column-protocol = プロトコル
column-addresses = アドレス
column-purpose = 目的と条件
only-when = { $condition }の場合に適用
addresses-from = 送信元アドレス
alternatives = いずれかでよい接続
alternatives-intro = 各送信元で必要なのは、グループ内の接続のうちいずれか1つです。グループ内に接続が1つしかない送信元では、その接続が必要です。
scenarios = シナリオ
scenario-choices = 選択内容
scenario-choice = { $option }：{ $choices }
scenario-without = 使用しないコンポーネント：{ $components }
scenario-benefits = 利点
scenario-drawbacks = 欠点
scenario-needed = 必要な接続（代替可を含む）
scenario-depends = このシナリオで指定していない項目によって要否が変わる接続
scenario-none = 必要な接続はありません。
components = コンポーネント
component-examples = 例：{ $examples }
runs-on = 稼働先のマシン
machine = マシン
machine-parts = このマシンで動作するコンポーネント
machine-intro = このページには、このマシンで動作するすべてのコンポーネントの接続も記載しています。
end-on-machine = このマシン上の{ $component }
scenario-of-machine = このマシンと、このマシンで動作するすべてのコンポーネントの接続だけを示します。
inbound = 受信
inbound-empty = このコンポーネントへの接続は登録されていません。
outbound = 送信
outbound-empty = このコンポーネントから開始する接続は登録されていません。
notes = 注記
sources = 出典
source-read = { $date }に参照
source-as-of = { $date }時点の情報
source-not-read = ほかの出典で参照先として示されているページ（内容は未確認）
not-translated = この文章はまだ翻訳されていないため、原文の言語で表示しています。
not-accepted = この翻訳は、原文との照合がまだ済んでいません。
outdated = この翻訳の照合後に原文が変更されています。原文もあわせてご確認ください。

not-found-title = ページが見つかりません
not-found-text = このアドレスにページはありません。名前が変更された可能性があります。トップページからお探しください。
back-home = トップページへ

ports = ポート
ports-intro = すべての製品で使用されるポートの一覧です。接続は各ポートのページに示します。
port-title = ポート{ $port }
port-intro = すべての製品の、ポート{ $port }への接続です。
port-range-title = ポート{ $port }
port-range-intro = すべての製品の、ポート範囲{ $port }への接続です。
protocol-intro = { $protocol }を使用する、すべての製品の通信です。IP上で直接動作し、ポートを持ちません。ファイアウォールではプロトコル番号{ $number }で指定します。
protocol-uses = このプロトコルを使用する通信
ports-protocols = ポートを使わないプロトコル
ports-in-product = この製品のポート
port-uses = このポートへの接続
port-uses-range = このポートを含む範囲への接続
port-range-uses = このポート範囲への接続
port-range-uses-overlapping = この範囲と重なるポートへの接続
port-uses-any = すべてのポートへの接続
# A number that no table has, and what was looked through for it.
port-absent = ポート{ $port }を明示した記載は、どの表にもありません。
port-checked = 確認した範囲：{ $products }製品の接続{ $flows }件（ポート範囲で示された接続も含む）。
# Above rows for every port.
port-every = ただし、すべてのポートを対象とする次の接続には、このポートも含まれます：
# Label of a field for a number.
port-find = ポート番号から接続を検索
port-unread = 該当する行は、ここに示したリンク先のページにあります。このページには読み込めませんでした（読み込みにはWebサーバーが必要です）。
# $address: an address; $block: the subnet it is in.
address-in = { $address }は{ $block }に含まれます。
source-only = このアドレスは送信元としてのみ使用されます。このアドレスへの接続は、どの表にも記載されていません。
# $addresses: addresses and names of hosts that no table has, joined by “or”.
address-absent = { $addresses }は、どの表にも記載されていません。
address-checked = 確認した範囲：{ $products }製品の接続{ $flows }件（サブネットで示されたアドレスも含む）。自社システムのアドレスと非公開のアドレスは、表には記載されていません。
ports-random = ランダムに選択されるポート
ports-configured = お使いのサーバーで設定したポート
column-port = ポート
column-products = 製品
hosts = ホスト
hosts-intro = ルールで指定する可能性のあるホスト名とアドレスの一覧です。
domain-intro = { $domain }のホストと、それを使用する接続です。
hosts-subnets = サブネット
hosts-addresses = IPアドレス
hosts-templates = プレースホルダーを含むアドレス
hosts-empty = 公開されているアドレスはありません。
folded-intro = 接続の数が多いため、製品ごとの件数を示します。
folded-count = { $count }件の接続
moved-title = このページは移動しました
moved-text = 新しいアドレスで公開しています。
column-product = 製品
# What a row is for.
purpose = 目的
column-condition = 条件
# Marks of a row, such as that its source does not state something.
column-remarks = 備考
column-host = ホスト
column-address = アドレス
# Whether connections lead to an address or come from it.
column-direction = 区分
direction-source-only = 送信元のみ
# Below the head "Proxy", in few words.
proxy-yes = 可
column-versions = バージョン
# Above dates.
column-read = 出典の参照日
row-cited = 出典の{ $rows }行目
rows-cited = 出典の行：{ $rows }
row-cited-in = { $place }の{ $rows }行目
rows-cited-in = { $place }の行：{ $rows }
cited-table = 「{ $table }」
cited-source = 『{ $source }』
cited-table-of = 『{ $source }』の「{ $table }」
row-range = { $first }～{ $last }
source-table = 表「{ $table }」：{ $count }行
source-skipped = この一覧に記載していない行：{ $rows }
source-skipped-in = 表「{ $table }」のうち、この一覧に記載していない行：{ $rows }
download-csv = 表をCSVでダウンロード
# $format: name of the format of the file.
download-rules = ファイアウォールルール（{ $format }）
csv-separator = { "," }
download-twin = このページのMarkdown版
# On the page of a component: the page of its product.
download-twin-of = { $product }のMarkdown版
edit-page = このページの原文を編集
made-with = rutterで作成
scheme-light = ライトモードに切り替え
scheme-dark = ダークモードに切り替え
zone = ゾーン
copy = { $text }をコピー
copied = { $text }をコピーしました
# Above the text, which stands there selected.
copy-failed = { $text }をコピーできませんでした。次のテキストを手動でコピーしてください。
close = 閉じる
alternative = 代わりの接続でも可
# One of several ways, where a way is several connections or the source prefers one. $count: how many ways.
# $with: what else belongs to this way. $others: what the other ways ask for. $preferred: "yes" or "no".
way-with =
    { $preferred ->
        [yes] { $count }通りの方法のうちいずれか1つで可（この方法を推奨）：この接続と{ $with }の組み合わせ、または{ $others }
       *[no] { $count }通りの方法のうちいずれか1つで可：この接続と{ $with }の組み合わせ、または{ $others }
    }
way-alone =
    { $preferred ->
        [yes] { $count }通りの方法のうちいずれか1つで可（この方法を推奨）：この接続、または{ $others }
       *[no] { $count }通りの方法のうちいずれか1つで可：この接続、または{ $others }
    }
# A connection of another way, to another destination. $ports: "443/TCP". $to: who listens.
way-elsewhere = { $to }への{ $ports }
# Behind a way that the source prefers, in a list.
way-preferred = （推奨）
# Above the connections of one way.
way-together = 次の接続すべて
# In place of `alternatives-intro`, where some way is several connections.
alternatives-ways = 各送信元で必要なのは、グループ内の方法のうちいずれか1つです。まとめて示した接続は1つの方法を構成し、その方法を使う送信元ではすべて必要です。グループ内に1つの方法の接続しかない送信元では、その接続が必要です。
# Behind the sign of a way, beside lines of a diagram.
alternative-way = いずれか1つの方法で可（同じ記号の接続はすべて必要）
# In place of `diagram-choice`, where some way is several connections.
diagram-choice-ways = 白抜きの矢印：すべてが必要なわけではありません。「または」で結ばれたポートのいずれか1つ、または同じ番号が付いた接続や方法のいずれか1つで足ります。
diagram-ways = 番号と英字付きの◇：各送信元で必要なのは、同じ番号の方法のうちいずれか1つで、同じ英字が付いた接続はすべて必要です。
scenario-default = { $choice }（初期設定）
scenario-not-chosen = { $choice }（指定なし）
status = 翻訳の状況
status-intro = どの文章も、まず1つの言語で書かれます。人が原文と照合し、その後どちらも変更されていない翻訳を「最新」とみなします。
status-scope = 対象
status-current = 最新
status-not-accepted = 要照合
status-missing = 未翻訳
status-all = 合計
status-common = 共通の用語
status-interface = 画面の文言
status-despite = 警告を確認したうえで「最新」とした翻訳が{ $count }件あります。
status-open = 未対応の項目
status-nothing-open = 未対応の項目はありません。
status-draft = 準備中の言語のため、未翻訳の項目が残っていてもかまいません。
status-one-language = このサイトの言語は1つだけです。
status-why-missing = まだ翻訳されていません
status-why-new = 新しい翻訳で、まだ照合されていません
status-why-source = 原文が変更されました
status-why-translation = 翻訳が変更されました
status-why-both = 原文と翻訳の両方が変更されました
status-names = 訳文中で変更された名称：
search = 検索
search-intro = ポート番号、ホスト名、IPアドレス、コンポーネント名、または文中の語句を入力してください。
search-placeholder = 443、udp 514
# Above questions that can be asked.
search-examples = 検索例
search-failed = 検索機能を読み込めませんでした。代わりに次のページをご覧ください：
search-without-scripts = 検索にはJavaScriptが必要です。JavaScriptを使用できない場合は、次の一覧をご利用ください。
search-partial = 一部の語句のみ一致
# Beside a row that is found by a port because it is for every port.
search-every = すべてのポートが対象
# Of a pasted line of a log, what of it stands in tables. $list: addresses and ports.
search-found = 表に記載があるもの：{ $list }。
search-others = ほかの言語での検索結果：
search-all = すべての検索結果を表示
search-more = 検索結果をさらに表示
search-kind-flow = 接続
search-kind-component = コンポーネント
search-kind-port = ポート
search-kind-domain = ホスト
search-kind-term = 用語
search-kind-product = 製品
search-kind-scenario = シナリオ
search-kind-option = 選択項目
search-kind-protocol = プロトコル
search-kind-page = 説明
# $count: how many; $number: where the number stands, which the reader’s browser fills in.
search-count = { $count ->
    [0] 見つかりませんでした
   *[other] { $number }件見つかりました
  }
search-partly = { $count ->
   *[other] すべての語句を含む項目はありません。一部の語句を含む項目が{ $number }件あります。
  }
# Words a search does not insist on, parted by spaces.
search-optional-words = ポート port の を は が に で と へ から まで より する 必要
# Words that lines of logs have before the port or the address of each end, and the word for a port, parted by spaces; never shown.
search-source-words = 送信元 ソース 発信元
search-destination-words = 宛先 送信先 接続先
search-port-words = ポート
# Words by which a search finds connections within one computer, parted by spaces; never shown.
search-loopback-words = ループバック loopback localhost
search-protocol-words = プロトコル{ $number }、プロトコル番号{ $number }
search-echo-words = ping、疎通確認
# 見つかった行に添える語句。$options：選択肢の名前。
search-addresses-depend = アドレスを左右する項目：{ $options }
port-in = ポート{ $port }は{ $range }に含まれます。
address-when = { $address }（{ $condition }）

## 図

diagram = 図
diagram-of-product = { $name }の接続
diagram-of-component = { $name }の接続（受信と送信）
diagram-of-scenario = シナリオ「{ $name }」の接続
diagram-arrows = 矢印は、接続を開始する側から待ち受ける側に向いています。
diagram-ports-within = 単独の名前の下のポート：届くすべての線の接続を、このポートで待ち受けます。
diagram-bracket = 一覧の横の括弧：線は、一覧のすべての行に、その行のポートで当てはまります。
diagram-within = ポートの前の↻：ボックスの内部でのみ使用され、外から届く線はありません。
diagram-dashed = 破線：ポートの横に記号で示した条件の場合にのみ必要です。
diagram-lettered = ポートの後ろの文字：下の同じ文字の説明が、1つの「/TCP」や「/UDP」でまとめたポートすべてに当てはまります。
diagram-dotted = 点線：同じコンピューターの中で完結し、ネットワークには流れない接続です。
diagram-blocked = 矢印の代わりの×：ブロックが必要な接続です。
diagram-anyone = 両端の丸い枠：任意の相手です。
diagram-internal = 一点鎖線：コンポーネントの内部で使用され、クライアントからは接続されません。
diagram-choice = 白抜きの矢印：すべてが必要なわけではありません。「または」で結ばれたポートのいずれか1つ、または同じ記号が付いた接続のいずれか1つで足ります。
diagram-alternatives = 番号付きの◇：各送信元で必要なのは、同じ番号が付いた接続のいずれか1つです。
diagram-sign = ◇
diagram-chosen = 太線：このシナリオで必要な接続です。
diagram-absent = ポート番号のない細線：このシナリオでは不要な接続です。
diagram-on = 太線：選択内容により必要な接続です。
diagram-off = 薄い線と取り消し線付きのポート：選択内容により不要な接続です。
diagram-wall = れんが模様：ゾーンの境界です。ファイアウォールはここに置かれます。
diagram-zone-unknown = 設置場所の記載なし
diagram-too-large = 接続先が多く、読みやすい図にできません。すべての接続は表に記載しています。
diagram-separator = 、
diagram-in-words = 図の内容（文字による一覧）
# 一覧の1行。送信元の名前の下に並びます。$ports: ポートとトランスポートプロトコル。
diagram-connection = → { $to }：{ $ports }
diagram-remark = { $connection }（{ $remark }）
# その一覧で送信元の名前の後に添える設置場所。
diagram-zone = （{ $zone }）
matrix = 表で見る
matrix-caption = 列が送信元、行が宛先です。プロトコル名のないポート番号はTCPを表します。
diagram-as-svg = 図（SVG）
diagram-as-mermaid = 図（Mermaidテキスト）
