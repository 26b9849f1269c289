### 事実から組み立てる文言

list-separator = 、
list-and-pair = { $first }と{ $second }
list-and-last = { $rest }、{ $last }
list-or-pair = { $first }または{ $second }
list-or-last = { $rest }または{ $last }

transport-tcp = TCP
transport-udp = UDP
transport-sctp = SCTP
transport-dccp = DCCP
transport-both = TCPおよびUDP
transport-both-short = TCP+UDP
protocol = { $service }（{ $transport }）
port-range = { $first }～{ $last }
port-random = { $first }～{ $last }のランダムなポート
port-any = すべてのポート
port-configured = お使いのサーバーで設定したポート
# allow untranslated: names of protocols
ip-protocol-name =
    { $protocol ->
        [icmp] ICMP
        [igmp] IGMP
        [ipip] IP-in-IP
        [gre] GRE
        [esp] ESP
        [ah] AH
        [icmpv6] ICMPv6
        [ospf] OSPF
        [vrrp] VRRP
        [l2tp] L2TPv3
       *[other] IPプロトコル{ $number }
    }
ip-protocol-with-type = { $protocol } { $type }
ip-protocol-with-type-number = { $protocol }タイプ{ $type }
ip-protocol = IPプロトコル番号{ $number }
ip-protocol-and-type = IPプロトコル番号{ $number }、タイプ{ $type }
ip-protocol-without-ports = ポートなし
ip-protocol-with-service = { $service }（{ $transport }）
port-with-transport = { $port }/{ $transport }
flow-name = { $from } → { $to }（{ $ports }）
flow-ends = { $from } → { $to }
port-line = { $port }、{ $protocol }
labeled = { $label }：
of-product = { $name }（{ $product }）
party-any = 任意
party-unstated = 記載なし
flow-name-between = { $from } ↔ { $to }（{ $ports }）
flow-ends-between = { $from } ↔ { $to }
between = どちらの側からも接続を開始します
verdict-block = ブロックが必要
status-deprecated = 非推奨
status-preview = プレビュー
since = バージョン{ $version }以降
until = バージョン{ $version }まで
from-ports = 送信元ポート{ $ports }
setting = 設定項目：{ $setting }
need-one = いずれか1つのポートで可
need-one-line = いずれか1つで可

condition-choice = 「{ $choice }」
condition-option = { $option }が{ $choices }
condition-switch =
    { $state ->
        [enabled] 「{ $option }」が有効
       *[disabled] 「{ $option }」が無効
    }
condition-and = 、かつ
condition-or = 、または
condition-group = （{ $case }）
choice-enabled = 有効
choice-disabled = 無効

hosts-own = 自社システムのアドレス
hosts-any = 任意
hosts-unpublished = 非公開
hosts-unknown = 不明
hosts-see = 別掲：{ $source }
hosts-none-for-choice = この選択に対応するアドレスは公開されていません
# In place of a long list of addresses that another row of the page has too. $row: that row.
hosts-as-in = 「{ $row }」と同じアドレス
placeholder-server = ‹サーバー名またはIPアドレス›
placeholder-ip = ‹IPアドレス›

configurable-changeable = ポート変更可
configurable-fixed = ポート固定
configurable-in-os = ポートはOSで設定
configurable-in-url = ポートはURLで指定
proxy-allowed = プロキシ使用可
proxy-http = HTTPプロキシ使用可
proxy-socks = SOCKSプロキシ使用可
proxy-http-socks = HTTPまたはSOCKSプロキシ使用可
proxy-none = プロキシ不可
proxy-in-os = プロキシはOSで設定
scope-internal = 内部用：クライアントからの接続なし
scope-loopback = 同一コンピューター内
inferred = 推定：{ $fields }
inferred-from = 送信元
inferred-to = 宛先
inferred-transport = トランスポートプロトコル
inferred-service = プロトコル
inferred-hosts = アドレス
inferred-hosts-when = アドレスの条件
inferred-when = 条件
note-note = 注記
note-tip = ヒント
note-caution = 注意
# A note that a page has written out already. $label: “Note”, “Tip” or “Caution”. $place: the row or the option where it stands.
note-elsewhere = { $label }：「{ $place }」を参照
note-above = { $label }：上の説明を参照
# A note above the tables. $subject: the component it is about.
note-about = { $label }：{ $subject }
