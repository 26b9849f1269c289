### The reader’s own rules: what is chosen, what follows from it, and the bar above the table.

environment = お使いの環境
environment-intro = わかっている項目を選択すると、不要な接続が表から除かれます。選択内容が送信されることはありません。
# $choice: what holds where nothing is chosen.
choice-default = 未選択時は{ $choice }
choice-open = 未選択
options-more = ほか{ $n }項目
preset = シナリオから選択
preset-none = 指定なし
# $scenario: title of a scenario whose choices were changed.
preset-changed = { $scenario }（変更あり）
choices-clear = 選択を解除
choices-set = { $all }項目中{ $n }項目を選択
without = お使いの環境にないもの
copy-link = リンクをコピー
count-in = 必要：{ $n }件
count-alternative = 代替可：{ $n }件
count-open = 未確定：{ $n }件
count-out = 不要：{ $n }件
count-say = 必要な接続は{ $in }件、代替可は{ $alternative }件、未確定は{ $open }件、不要は{ $out }件です
group-several = 複数の送信元
# $component: who opens; $n: how many connections.
group-all = { $component }から開始する接続（全{ $n }件）
show-out = 不要な接続も表示
why-always = 条件なし：送信元と宛先を使用している場合に必要
# $options: names of options that are undecided.
why-open = 要否を左右する項目：{ $options }
# $condition: what the reader chose, as far as it decides.
why-in = 必要（{ $condition }）
why-out = 不要（{ $choice }）
why-without = 不要：{ $component }はお使いの環境にありません
why-picked = 不要：代わりの接続を選択済み
why-alternative = 代わりの接続でも可：送信元と宛先を使用している場合に、いずれか1つが必要
why-alternative-in = 代わりの接続でも可：いずれか1つが必要（{ $condition }）
why-chosen = 必要：この接続を選択済み
way-use = この接続を使用する
one-port = いずれか1つのポートで可
filter = 絞り込み
filter-text = 語句、ポート、ホスト
filter-all = すべて
filter-none = 該当する接続はありません。
filter-clear = 絞り込みを解除
# How many rows a filter leaves.
count-shown = 表示：{ $n }件
# Rows that "Possible or not stated" hides: a proxy can't be used there.
count-past = プロキシ不可：ほか{ $n }件
# The host names of all rows that are shown, as far as the choices leave them.
hosts-copy-all = すべてのホスト名をコピー
hosts-copy-shown = 表示中のホスト名をコピー
# What was copied, in the sentence that says so.
hosts-named = ホスト名{ $n }件
download-shown = 表示中の接続のCSV
group-by = グループ化
group-none = グループ化しない
view = 表示
full = すべての行を展開
details = 詳細
proxy = プロキシ
proxy-unknown = 記載なし
proxy-no = 不可
# A filter: every row but those that say no.
proxy-may-pass = 可または記載なし
hosts-all = 共通
hosts-copy = { $n }件のホスト名をコピー
notes-all = すべての行に共通：
note-ref = { $kind }{ $n }
note-back = 表に戻る
skip-flows = 接続の表へ移動
side-in = 受信：このコンピューターへの接続を許可
side-out = 送信：このコンピューターからの接続を許可
compare = シナリオを比較
# Link beside a table, with the reader’s selection as one of two.
compare-with = 比較
only-in = 「{ $scenario }」側の差分（{ $n }件）
in-both = 共通（{ $n }件）
choices-change = 選択内容を変更
request = ファイアウォール変更申請書
request-from = 送信元アドレス（記入欄）
request-to = 宛先アドレス（記入欄）
request-reason = 理由
request-left-out = 記載対象外：同一コンピューター内の接続{ $n }件
download-selection = この選択内容のCSV
# $id: an id in an address that names nothing on this page.
address-unknown = リンクに含まれる次の項目は、このページにありません：{ $ids }
# Behind a summary that was cut on a small screen.
summary-more = 続きを読む

## Rows

# In the line of a row of which others may stand in the place.
tag-alternative = 代替可
# Above rows. $title: what they are. $n: how many.
# How many rows stand below a head.
group-count = （{ $n }件）
# The same where a filter or a choice hides some.
group-count-of = （{ $all }件中{ $n }件）
title-count = { $title }（{ $n }件）
sources-read = 出典の参照日：{ $date }
# A link beside an alternative.
row-go-to = 該当する行へ
row-from = { $source }から：
row-in-full = 注記と出典（製品ページの該当行）
# Between ports of which one is enough, and between the names of options at the corner of a grid.
ports-or = { " / " }
grid-corner = { " / " }
proxy-kind-http = HTTP
proxy-kind-socks = SOCKS
proxy-kind-both = HTTPまたはSOCKS
proxy-kind-os = OSで設定
configurable-unknown = ポートを変更できるかどうかが示されていない行は、出典にその記載がないことを表します。
addresses-count = { $n }件のアドレス
# $options: names of options on which the addresses depend.
addresses-by = アドレス{ $n }件（{ $options }により異なる）

## Two scenarios side by side

compare-title = { $product }のシナリオを比較
compare-intro = { $product }の2つの選択内容で異なる接続を、左右に分けて示します。両方に共通する接続は、その下にまとめています。
compare-differs = 両方に含まれていて要否や内容だけが異なる接続は、左右の両方に示し、異なる箇所を太字にしています。
compare-first = 1つ目の選択内容
compare-second = 2つ目の選択内容
# Caption of a table that shows what each of two selections chooses.
compare-choices = 選択内容の比較
compare-pair = 「{ $first }」と「{ $second }」
# Without scripts, where a product has very many scenarios.
compare-neighbours = 組み合わせが多いため、並び順で隣り合うシナリオだけを比較しています。
# What a scenario makes of a connection.
state-in = 必要
state-alternative = 代替可
state-open = 未確定
# $part: a component, a port or an address of a connection that is itself needed in another way.
part-alternative = { $part }（代替可）
part-open = { $part }（未確定）
## Change request

request-number = 番号
request-purpose = 目的
request-row = 出典の行
request-filtered = 表の絞り込みは、この申請書には反映されません。選択内容に該当するすべての接続を記載しています。
request-none = この選択内容では、ネットワーク経由の接続は不要です。
request-choices = 選択内容
request-no-choices = 選択なし
request-address = このページのURL
request-left-out-internal = 記載対象外：内部用の接続{ $n }件
request-signed = 申請者
request-approved = 承認者
request-name = 氏名
request-date = 日付
request-leave = ページに戻る
request-failed = 必要なデータを読み込めませんでした。
# What a button copies, in the sentence that it was copied.
copied-link = リンク
# The whole sentence, while a filter of the table is set.
copied-link-filtered = リンクをコピーしました。表の絞り込みは含まれません。
# Above connections of which a source needs one. $source: its name.
request-way = { $source }には、次のいずれか1つが必要
# Above connections of which each source needs one. $sources: names of sources that open several of them.
request-ways = 次の送信元ごとに、その送信元からの接続のうちいずれか1つが必要：{ $sources }
# In a row of such a group. $needed: the sources that have no alternative; $others: those that have.
request-mixed = { $needed }には必要。{ $others }は代わりの接続でも可
request-purpose-unknown = 記載なし
request-print = 印刷

## On paper

print-selection = 選択内容：{ $choices }
print-filter = 絞り込み：{ $filters }
# $n: how many connections are on the paper; $all: how many the page has; $out: how many the selection leaves out.
print-rows = 印刷した接続：{ $all }件中{ $n }件（不要として省略：{ $out }件）
print-date = 印刷日：{ $date }
