//! Writes sites of any size: the same bytes for the same size, on every machine. Their texts are as
//! long as those of the real content, and their facts as varied: conditions, lists of addresses,
//! ranges, several openers, notes, scenarios.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// How large a site is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) products: u32,
    /// Rows of the one source of each product; each becomes a flow.
    pub(crate) rows: u32,
}

impl Size {
    pub(crate) fn total_rows(self) -> u32 {
        self.products * self.rows
    }
}

/// Writes a whole site into a folder that does not exist yet.
pub(crate) fn write_site(root: &Path, size: Size) -> io::Result<()> {
    fs::create_dir_all(root.join("content/common"))?;
    fs::create_dir_all(root.join("content/products"))?;
    fs::write(root.join("site.toml"), SITE)?;
    fs::write(root.join("content/common/vocabulary.yaml"), vocabulary())?;
    for number in 0..size.products {
        fs::write(root.join(format!("content/products/product-{number}.yaml")), product(number, size.rows))?;
    }
    Ok(())
}

const SITE: &str = r#"title = "Generated"
base_url = "https://example.org/generated/"
source_locale = "en"
locales = ["ja", "de", "en"]
"#;

/// A text in the three languages.
pub(crate) type Text = [&'static str; 3];

pub(crate) const LOCALES: [&str; 3] = ["en", "ja", "de"];

/// Numbers that look arbitrary and are the same on every run (`SplitMix64`, Steele et al. 2014).
pub(crate) struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// True once in `every` calls, on average.
    fn once_in(&mut self, every: usize) -> bool {
        self.below(every) == 0
    }
}

/// Id, name and whether it lies in the reader's network.
pub(crate) const COMMON_PARTIES: [(&str, Text, bool); 8] = [
    ("dns-server", ["DNS server", "DNSサーバー", "DNS-Server"], true),
    ("ntp-server", ["NTP server", "NTPサーバー", "NTP-Server"], true),
    ("log-collector", ["Log collector", "ログ収集サーバー", "Protokollsammler"], true),
    ("directory", ["Directory service", "ディレクトリサービス", "Verzeichnisdienst"], true),
    ("mail-relay", ["Mail relay", "メール中継サーバー", "Mail-Relay"], true),
    ("update-network", ["Update network", "アップデート配信ネットワーク", "Update-Netzwerk"], false),
    ("license-service", ["License service", "ライセンスサービス", "Lizenzdienst"], false),
    ("reputation-service", ["Reputation service", "レピュテーションサービス", "Reputationsdienst"], false),
];

pub(crate) const PARTS: [(&str, Text); 8] = [
    ("console", ["Console", "コンソール", "Konsole"]),
    ("controller", ["Controller", "コントローラー", "Controller"]),
    ("sensor", ["Sensor", "センサー", "Sensor"]),
    ("gateway", ["Gateway", "ゲートウェイ", "Gateway"]),
    ("archive", ["Archive", "アーカイブ", "Archiv"]),
    ("scanner", ["Scanner", "スキャナー", "Scanner"]),
    ("distributor", ["Distributor", "配信サーバー", "Verteiler"]),
    ("broker", ["Broker", "ブローカー", "Broker"]),
];

pub(crate) const TERMS: [(&str, Text); 6] = [
    ("policy", ["policy", "ポリシー", "Richtlinie"]),
    ("event-log", ["event log", "イベントログ", "Ereignisprotokoll"]),
    ("quarantine", ["quarantine", "隔離", "Quarantäne"]),
    ("snapshot", ["snapshot", "スナップショット", "Momentaufnahme"]),
    ("inventory", ["inventory", "インベントリ", "Bestandsliste"]),
    ("license", ["license", "ライセンス", "Lizenz"]),
];

pub(crate) const SERVICES: [(&str, &str, &str); 8] = [
    ("https", "HTTPS", "443/tcp"),
    ("http", "HTTP", "80/tcp"),
    ("dns", "DNS", "53/tcp+udp"),
    ("ntp", "NTP", "123/udp"),
    ("ldaps", "LDAPS", "636/tcp"),
    ("syslog", "Syslog", "514/udp"),
    ("smtp", "SMTP", "25/tcp"),
    ("sql", "SQL", "1433/tcp"),
];

/// What is carried.
const CARGO: [Text; 10] = [
    ["the latest configuration changes", "最新の設定変更", "die neuesten Konfigurationsänderungen"],
    ["the results of scheduled scans", "スケジュール検索の結果", "die Ergebnisse geplanter Suchläufe"],
    ["signed program packages", "署名済みのプログラムパッケージ", "signierte Programmpakete"],
    ["the status of all protected computers", "保護対象コンピュータの状態", "den Status aller geschützten Computer"],
    ["requests for new certificates", "新しい証明書の発行要求", "Anträge auf neue Zertifikate"],
    ["files that were held for examination", "調査のために保留されたファイル", "zur Prüfung zurückgehaltene Dateien"],
    ["the rules for content filtering", "コンテンツフィルタリングのルール", "die Regeln der Inhaltsfilterung"],
    ["usage figures for the monthly report", "月次レポート用の利用統計", "Nutzungszahlen für den Monatsbericht"],
    ["the addresses of suspicious hosts", "不審なホストのアドレス", "die Adressen verdächtiger Hosts"],
    ["the credentials of service accounts", "サービスアカウントの認証情報", "die Anmeldedaten von Dienstkonten"],
];

/// What is done with it; `{cargo}` and `{to}` are filled in.
const DEEDS: [Text; 6] = [
    [
        "Sends {cargo} to the {to} and keeps a copy until the {to} has confirmed the receipt.",
        "{cargo}を{to}に送信します。{to}から受信確認が届くまで、コピーを保持します。",
        "Sendet {cargo} an die Komponente {to} und behält eine Kopie, bis {to} den Empfang bestätigt hat.",
    ],
    [
        "Asks the {to} for {cargo} at regular intervals and after each restart of the computer.",
        "{cargo}を、一定間隔およびコンピュータの再起動のたびに{to}から取得します。",
        "Fragt {cargo} in regelmäßigen Abständen und nach jedem Neustart des Computers bei {to} ab.",
    ],
    [
        "Exchanges {cargo} with the {to} as soon as an administrator saves a <term:policy>.",
        "管理者が<term:policy>を保存するとすぐに、{to}との間で{cargo}をやり取りします。",
        "Tauscht mit {to} {cargo} aus, sobald ein Administrator eine <term:policy> speichert.",
    ],
    ["Downloads {cargo} from the {to}.", "{cargo}を{to}からダウンロードします。", "Lädt {cargo} von {to} herunter."],
    [
        "Reports {cargo} to the {to}, together with the <term:event-log> of the last day.",
        "{cargo}を、過去一日分の<term:event-log>とともに{to}に報告します。",
        "Meldet {cargo} zusammen mit dem <term:event-log> des letzten Tages an {to}.",
    ],
    [
        "Lets the {to} verify {cargo} before a <term:snapshot> is taken.",
        "<term:snapshot>を取得する前に、{to}で{cargo}を検証します。",
        "Lässt {cargo} von {to} prüfen, bevor eine <term:snapshot> entsteht.",
    ],
];

/// What else is worth knowing about a flow; `{flow}` and `{from}` are filled in.
const REMARKS: [Text; 4] = [
    [
        "Open <ports:{flow}> only while the <component:{from}> is being installed. Afterwards the rule can be removed, unless the <term:inventory> is renewed over the same connection.",
        "<ports:{flow}>を開放する必要があるのは、<component:{from}>のインストール中だけです。同じ接続で<term:inventory>を更新する場合を除き、インストール後にルールを削除できます。",
        "Öffnen Sie <ports:{flow}> nur, während <component:{from}> installiert wird. Danach kann die Regel entfallen, es sei denn, die <term:inventory> wird über dieselbe Verbindung erneuert.",
    ],
    [
        "A proxy that inspects encrypted traffic must leave <ports:{flow}> alone, because the <component:{from}> accepts only certificates of its own authority.",
        "<component:{from}>は独自の認証局が発行した証明書だけを受け入れるため、暗号化通信を検査するプロキシでは<ports:{flow}>を検査の対象外にしてください。",
        "Ein Proxy, der verschlüsselten Verkehr prüft, muss <ports:{flow}> ausnehmen, da <component:{from}> nur Zertifikate der eigenen Zertifizierungsstelle akzeptiert.",
    ],
    [
        "If <ports:{flow}> is blocked, the <component:{from}> puts files in <term:quarantine> without asking.",
        "<ports:{flow}>を遮断すると、<component:{from}>はファイルを確認なしで<term:quarantine>します。",
        "Ist <ports:{flow}> gesperrt, verschiebt <component:{from}> Dateien ohne Rückfrage in die <term:quarantine>.",
    ],
    [
        "The <term:license> is checked over <ports:{flow}> once a day.",
        "<term:license>は、<ports:{flow}>を使って一日に一度確認されます。",
        "Die <term:license> wird einmal am Tag über <ports:{flow}> geprüft.",
    ],
];

/// Adds a text under a key, one line per locale.
fn push_text(out: &mut String, indent: usize, key: &str, text: Text, fill: &dyn Fn(&str, usize) -> String) {
    let space = " ".repeat(indent);
    let _ = writeln!(out, "{space}{key}:");
    for (position, locale) in LOCALES.iter().enumerate() {
        let _ = writeln!(out, "{space}  {locale}: |\n{space}    {}", fill(text[position], position));
    }
}

fn as_it_is(text: &str, _: usize) -> String {
    text.to_owned()
}

/// A name as a map in one line.
fn name([en, ja, de]: Text, suffix: &str) -> String {
    let de = if de == en { "=en".to_owned() } else { format!("\"{de}{suffix}\"") };
    format!("{{ en: \"{en}{suffix}\", ja: \"{ja}{suffix}\", de: {de} }}")
}

fn vocabulary() -> String {
    let mut out = String::from("zones:\n");
    let zones: [(&str, Text, &str); 2] = [
        ("intranet", ["Your network", "社内ネットワーク", "Ihr Netzwerk"], "inside"),
        ("internet", ["The Internet", "インターネット", "Das Internet"], "outside"),
    ];
    for (id, text, side) in zones {
        let _ = writeln!(out, "  {id}: {{ name: {}, side: {side} }}", name(text, ""));
    }
    out.push_str("services:\n");
    for (id, name, port) in SERVICES {
        let _ = writeln!(out, "  {id}: {{ name: {name}, ports: [{port}] }}");
    }
    out.push_str("components:\n");
    for (id, text, is_inside) in COMMON_PARTIES {
        let zone = if is_inside { "intranet" } else { "internet" };
        let _ = writeln!(out, "  {id}: {{ name: {}, zone: {zone} }}", name(text, ""));
    }
    let _ = writeln!(
        out,
        "options:\n  edition:\n    label: {}\n    choices: {{ small: {}, large: {} }}",
        name(["Edition", "エディション", "Ausgabe"], ""),
        name(["Small business", "小規模企業向け", "Kleine Unternehmen"], ""),
        name(["Large organization", "大規模組織向け", "Große Organisationen"], ""),
    );
    out.push_str("terms:\n");
    for (id, text) in TERMS {
        let _ = writeln!(out, "  {id}:\n    name: {}", name(text, ""));
        let meaning = [
            "A word of the glossary, explained at some length, as a real definition would be.",
            "用語集に載せる言葉です。実際の定義と同じくらいの長さで説明しています。",
            "Ein Wort aus dem Glossar, so ausführlich erklärt, wie es eine echte Definition wäre.",
        ];
        push_text(&mut out, 4, "definition", meaning, &as_it_is);
    }
    out
}

fn product(number: u32, rows: u32) -> String {
    let mut out = format!("name: Product {number}\nversions: [\"{}.{}\"]\n", 1 + number % 12, number % 10);
    let summary = [
        "A product that was generated to measure the compiler. Its <component:console> is where administrators work; the <component:controller> distributes their changes to each <component:sensor>.",
        "コンパイラの測定用に生成した製品です。管理者は<component:console>で作業し、変更内容は<component:controller>から各<component:sensor>に配布されます。",
        "Ein Produkt, das zum Messen des Compilers erzeugt wurde. Administratoren arbeiten an der Komponente <component:console>; deren Änderungen verteilt <component:controller> an alle <component:sensor>.",
    ];
    push_text(&mut out, 0, "summary", summary, &as_it_is);
    let _ = writeln!(
        out,
        "sources:\n  manual: {{ title: \"Manual of product {number}\", url: \"https://example.com/{number}/\", read: 2026-11-21, rows: {rows} }}"
    );
    out.push_str(&options());
    out.push_str("components:\n");
    for (id, text) in PARTS {
        let suffix = format!(" {number}");
        let _ = writeln!(out, "  {id}: {{ name: {}, zone: intranet }}", name(text, &suffix));
    }
    let [north, south] = regions(number);
    let _ = writeln!(
        out,
        "address-lists:\n  regions:\n    hosts:\n      - {{ when: {{ region: north }}, hosts: [{north}] }}\n      - {{ when: {{ region: south }}, hosts: [{south}] }}",
    );
    out.push_str("flows:\n");
    let (flows, mut numbers) = rows_of(number, rows);
    for row in flows {
        row.push(&mut out);
    }
    scenarios(&mut out);
    notes(&mut out, &mut numbers, rows);
    out
}

fn options() -> String {
    format!(
        "options:\n  mode:\n    label: {}\n    default: managed\n    choices: {{ managed: {}, standalone: {}, mixed: {} }}\n  forwarding:\n    label: {}\n  region:\n    label: {}\n    choices: {{ north: {}, south: {} }}\n",
        name(["Mode of operation", "動作モード", "Betriebsart"], ""),
        name(["Managed", "集中管理", "Verwaltet"], ""),
        name(["Standalone", "スタンドアロン", "Eigenständig"], ""),
        name(["Both side by side", "併用", "Beides nebeneinander"], ""),
        name(["Forwarding of logs", "ログの転送", "Weiterleitung von Protokollen"], ""),
        name(["Region", "リージョン", "Region"], ""),
        name(["North", "北部", "Norden"], ""),
        name(["South", "南部", "Süden"], ""),
    )
}

/// As the source states them, and in words.
const CONDITIONS: [(&str, Text); 5] = [
    ("{ mode: managed }", ["Mode of operation: Managed", "動作モード: 集中管理", "Betriebsart: Verwaltet"]),
    (
        "{ mode: [managed, mixed] }",
        [
            "Mode of operation: Managed or Both side by side",
            "動作モード: 集中管理または併用",
            "Betriebsart: Verwaltet oder Beides nebeneinander",
        ],
    ),
    ("{ forwarding: enabled }", ["Forwarding of logs", "ログの転送", "Weiterleitung von Protokollen"]),
    (
        "{ edition: large, mode: standalone }",
        [
            "Edition: Large organization, and Mode of operation: Standalone",
            "エディション: 大規模組織向け、動作モード: スタンドアロン",
            "Ausgabe: Große Organisationen, und Betriebsart: Eigenständig",
        ],
    ),
    (
        "[{ edition: small }, { mode: mixed }]",
        [
            "Edition: Small business, or Mode of operation: Both side by side",
            "エディション: 小規模企業向け、または動作モード: 併用",
            "Ausgabe: Kleine Unternehmen, oder Betriebsart: Beides nebeneinander",
        ],
    ),
];

/// The addresses of a product's own computers, by region.
pub(crate) fn regions(product: u32) -> [String; 2] {
    ["203.0.113", "198.51.100"].map(|network| format!("{network}.{}/32", product % 256))
}

/// The rows of one product, and the numbers that what follows them goes on with.
pub(crate) fn rows_of(product: u32, rows: u32) -> (Vec<Row>, Numbers) {
    let mut numbers = Numbers(u64::from(product) + 1);
    let rows = (1..=rows).map(|row| Row::next(&mut numbers, product, row)).collect();
    (rows, numbers)
}

/// What the source states of one flow.
pub(crate) struct Row {
    number: u32,
    pub(crate) from: Vec<&'static str>,
    pub(crate) to: &'static str,
    /// Each with the id of its service, if it has one, behind a space.
    pub(crate) ports: Vec<String>,
    /// In the source and in words.
    pub(crate) condition: Option<(&'static str, Text)>,
    pub(crate) hosts: Vec<String>,
    pub(crate) is_from_regions: bool,
    configurable: Option<&'static str>,
    proxy: Option<&'static str>,
    is_inferred: bool,
}

impl Row {
    /// Asks for numbers in an order that must stay: another one is another site.
    fn next(numbers: &mut Numbers, product: u32, number: u32) -> Self {
        let (opener, to) = ends(numbers, number);
        let mut from = vec![opener];
        if numbers.once_in(6) {
            let second = PARTS.iter().map(|(id, _)| *id).find(|id| *id != opener && *id != to);
            from.push(second.unwrap_or("sensor"));
        }
        let ports = ports(numbers, number);
        // The first rows use every condition, so that no option stays unused.
        let condition = match CONDITIONS.get(number as usize - 1) {
            Some(condition) => Some(*condition),
            None => numbers.once_in(3).then(|| numbers.one_of(&CONDITIONS)),
        };
        let is_outside = COMMON_PARTIES.iter().any(|(id, _, is_inside)| *id == to && !is_inside);
        let hosts = if is_outside {
            vec![format!("f{number}.p{product}.example.com"), format!("https://p{product}.example.net/f{number}/")]
        } else {
            Vec::new()
        };
        Self {
            number,
            from,
            to,
            ports,
            condition,
            hosts,
            is_from_regions: !is_outside && (number == 1 || numbers.once_in(12)),
            configurable: numbers.once_in(3).then(|| numbers.one_of(&["changeable", "fixed", "in-os"])),
            proxy: numbers.once_in(4).then(|| numbers.one_of(&["allowed", "http", "none"])),
            is_inferred: numbers.once_in(8),
        }
    }

    /// What it is for, in the locale at a position; `to` stands for the component that is reached.
    pub(crate) fn purpose(&self, position: usize, to: &str) -> String {
        let row = self.number as usize;
        // No two rows of one opener say the same, or they would be one flow written twice.
        let (deed, cargo) = (DEEDS[row % DEEDS.len()], CARGO[row / DEEDS.len() % CARGO.len()]);
        deed[position].replace("{cargo}", cargo[position]).replace("{to}", to)
    }

    fn push(&self, out: &mut String) {
        let list = |items: &[String]| match items {
            [one] => one.clone(),
            more => format!("[{}]", more.join(", ")),
        };
        let from: Vec<_> = self.from.iter().map(|id| (*id).to_owned()).collect();
        let _ = writeln!(out, "  flow-{}:\n    from: {}\n    to: {}", self.number, list(&from), self.to);
        let _ = writeln!(out, "    ports: {}", list(&self.ports));
        if let Some((condition, _)) = self.condition {
            let _ = writeln!(out, "    when: {condition}");
        }
        if let [host, address] = self.hosts.as_slice() {
            let _ = writeln!(out, "    hosts: [{host}, \"{address}\"]");
        }
        if self.is_from_regions {
            out.push_str("    from-hosts: [{ list: regions }]\n");
        }
        if let Some(configurable) = self.configurable {
            let _ = writeln!(out, "    configurable: {configurable}");
        }
        if let Some(proxy) = self.proxy {
            let _ = writeln!(out, "    proxy: {proxy}");
        }
        if self.is_inferred {
            out.push_str("    inferred: [to]\n");
        }
        let purpose = |_: &str, position| self.purpose(position, &format!("<component:{}>", self.to));
        push_text(out, 4, "purpose", [""; 3], &purpose);
        let _ = writeln!(out, "    rows: [{}]", self.number);
    }
}

/// Every part opens and every party is reached, whatever the size; the rest is arbitrary.
fn ends(numbers: &mut Numbers, row: u32) -> (&'static str, &'static str) {
    let from = PARTS[row as usize % PARTS.len()].0;
    if row.is_multiple_of(3) {
        return (from, COMMON_PARTIES[(row / 3) as usize % COMMON_PARTIES.len()].0);
    }
    let others: Vec<_> = PARTS.iter().map(|(id, _)| *id).filter(|id| *id != from).collect();
    (from, numbers.one_of(&others))
}

fn ports(numbers: &mut Numbers, row: u32) -> Vec<String> {
    let single = |numbers: &mut Numbers| 1024 + numbers.below(400) * 16;
    let port = match numbers.below(16) {
        0..6 => "443/tcp https".to_owned(),
        6 => "53/tcp+udp dns".to_owned(),
        7 => "636/tcp ldaps".to_owned(),
        8 => "514/udp syslog".to_owned(),
        9 => format!("{}-{}/tcp", 20_000 + row * 100, 20_000 + row * 100 + 50),
        10 => return vec!["80/tcp http".to_owned(), format!("{}/tcp", single(numbers))],
        _ => format!("{}/{}", single(numbers), numbers.one_of(&["tcp", "tcp", "udp"])),
    };
    vec![port]
}

fn scenarios(out: &mut String) {
    let scenarios: [(&str, Text, &str); 2] = [
        ("central", ["Everything managed centrally", "すべてを集中管理", "Alles zentral verwaltet"], "managed"),
        ("alone", ["Each site on its own", "拠点ごとの単独運用", "Jeder Standort für sich"], "standalone"),
    ];
    out.push_str("scenarios:\n");
    for (id, title, mode) in scenarios {
        let _ = writeln!(out, "  {id}:\n    title: {}\n    choose: {{ mode: {mode} }}", name(title, ""));
        let benefits = [
            "The <component:console> stays the only place where rules are changed, and nobody needs access to a <component:sensor>.",
            "ルールを変更する場所が<component:console>だけになり、<component:sensor>に誰もアクセスする必要がありません。",
            "Regeln werden nur an der Komponente <component:console> geändert, und niemand braucht Zugang zu <component:sensor>.",
        ];
        push_text(out, 4, "benefits", benefits, &as_it_is);
    }
}

fn notes(out: &mut String, numbers: &mut Numbers, rows: u32) {
    out.push_str("notes:\n");
    for number in 0..rows.div_ceil(10) {
        let flow = format!("flow-{}", 1 + numbers.below(rows as usize));
        let from = numbers.one_of(&PARTS).0;
        let kind = numbers.one_of(&["note", "tip", "caution"]);
        let _ = writeln!(out, "  note-{number}:\n    kind: {kind}\n    on: [{flow}]");
        push_text(out, 4, "text", numbers.one_of(&REMARKS), &|text, _| {
            text.replace("{flow}", &flow).replace("{from}", from)
        });
    }
}
