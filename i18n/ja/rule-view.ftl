### Firewall rules on the page of a product: a form, the files, and what is not in them.

# Button and title.
rule-view = ファイアウォールルール
rule-view-failed = ルールの作成に必要なデータを読み込めませんでした。
# 「お使いの環境」 is the panel above, with the same heading.
rule-view-intro = ルールは「お使いの環境」での選択内容に基づいて作成されます。入力した内容は、下で指定しない限りこのページの外に残りません。送信されることもありません。

## Where and how

rule-view-side = ルールの適用先
rule-view-gateway = ゾーン間のゲートウェイ
rule-view-gateway-all = すべてのコンピューター間（セグメンテーション）
# $component: name of a component.
rule-view-host = コンピューター：{ $component }
rule-view-format = 形式
# Groups in the list of formats.
rule-view-sheets = 表
rule-view-firewalls = ファイアウォール
rule-view-clouds = クラウド
rule-view-lists = ホスト一覧
rule-view-tests = 接続テスト
# $name: a word of the file, such as table or prefix.
rule-view-setting = 「{ $name }」の名前
rule-view-closed = それ以外の通信をすべて拒否する

## Where one of several is enough

# Above connections to choose from.
rule-view-one-of = 次の接続のうち、いずれか1つが必要です
# Above ports to choose from. $connection: its ends and ports.
rule-view-one-line = 次のポートのうち、いずれか1つが必要です：{ $connection }
rule-view-every = いずれか1つで足りる場合も、すべて許可する

## What the reader types

rule-view-addresses = 自社のアドレス
rule-view-addresses-help = IPアドレス、サブネット、ホスト名を、カンマまたは改行で区切って入力
rule-view-addresses-none = このルールでは、アドレスの入力は不要です。
# Opens fields for components whose addresses are known.
rule-view-published = 公開されているアドレスを置き換える
rule-view-keep = 公開されているアドレスも残す
rule-view-ports = 自社で設定したポート
rule-view-ports-help = 番号または範囲を入力（例：8443、9000-9010）
# $entry: what was typed. $example: a host name.
rule-view-wrong-form = { $entry }はアドレスとして正しくありません。10.0.0.9、10.0.0.0/8、2001:db8::1、{ $example }のように入力してください。
# Buttons with both readings follow.
rule-view-wrong-host-bits = { $entry }は、1つのアドレスともサブネット全体とも解釈できます。どちらかを選択してください：
rule-view-wrong-everything = { $entry }はすべてのアドレスを意味するため、ほかのアドレスと同時には指定できません。どちらかを削除してください。
# A button follows: rule-view-everything-yes.
rule-view-everything = { $entry }は、インターネット上のすべてのアドレスを意味します。
rule-view-everything-yes = すべてのアドレスを許可
rule-view-wrong-long = { $entry }はアドレスとして長すぎます。
rule-view-wrong-many = アドレスが10,000件を超えています。サブネットにまとめてください。
rule-view-wrong-port = { $entry }はポートとして正しくありません。1～65535の番号、または9000-9010のような範囲を入力してください。
# $default: what stands in the file instead.
rule-view-wrong-setting = この名前には使用できない文字が含まれています。ファイルでは「{ $default }」を使用します。
# Above what is kept beyond this page.
rule-view-keeping = 入力内容の保持
rule-view-share = 入力したアドレスとポートをリンクに含める
rule-view-remember = この端末に保存する
# Button beside it.
rule-view-forget = 保存内容を削除
# Above selections whose rules stand in the same files.
rule-view-others = 同じルールに含める環境
rule-view-add = 別の環境を追加
rule-view-remove = 削除

## The files

rule-view-rules = ルール：{ $n }件
rule-view-left = 含まれないもの：{ $n }件
rule-view-file = ファイル
# $file: name of a file.
rule-view-download = { $file }をダウンロード
rule-view-no-preview = このファイルは、ここでは表示できません。ダウンロードし、表計算ソフトで開いてください。
rule-view-none = 作成できるルールがありません。理由は以下のとおりです。
rule-view-not-included = ルールに含まれないもの
rule-view-nothing-left = 必要な接続はすべてルールに含まれています。
