//! What single cells become: small tables, and the lines that must stand in the file and in the summary.

use super::{rutter, site, transcript};
use crate::support::{folder, write_files};

/// Begins a product from a table; what the command says, and what it writes.
fn begun(locale: &str, table: &str) -> (String, String) {
    let folder = folder();
    write_files(folder.path(), &site());
    std::fs::write(folder.path().join("page.csv"), table).unwrap();
    let page = format!("{locale}=page.csv");
    let told = transcript(&rutter(folder.path(), &["new", "product", "x", "--locale", &page]));
    assert!(told.ends_with("--- exit 0\n") && !told.contains("structure:"), "{told}");
    let mut text = std::fs::read_to_string(folder.path().join("content/products/x.yaml")).unwrap();
    text.push_str(&std::fs::read_to_string(folder.path().join("content/common/services-x.yaml")).unwrap_or_default());
    (told, text)
}

#[test]
fn a_connection_that_an_action_forbids_is_never_one_that_is_needed() {
    for (locale, head, allow, deny) in [
        ("en", "Action", "Allow", "Deny"),
        ("en", "Verdict", "permit", "BLOCK"),
        ("en", "Rule", "Allow", "Drop"),
        ("de", "Regel", "Zulassen", "Verweigern"),
        ("de", "Aktion", "Allow", "Deny"),
        ("ja", "アクション", "許可", "拒否"),
        ("ja", "動作", "許可", "ブロック"),
    ] {
        let heads = match locale {
            "en" => "From,To,Port",
            "de" => "Von,Nach,Port",
            _ => "送信元,宛先,ポート",
        };
        let table = format!("{heads},{head}\nConsole,Sensor,443/tcp,{allow}\nConsole,Relay,22/tcp,{deny}\n");
        let (told, text) = begun(locale, &table);
        assert_eq!(text.matches("verdict: block").count(), 1, "{head}: {text}");
        let blocked = text.split("verdict: block").next().unwrap();
        assert!(blocked.contains("22/tcp") && text.contains("443/tcp"), "{head}: {text}");
        assert!(told.contains(&format!("{head} → verdict")), "{told}");
    }
    let (told, text) =
        begun("en", "From,To,Port,Action\nConsole,Sensor,443/tcp,Allow\nConsole,Relay,22/tcp,Never allow\n");
    assert!(told.contains("taken: 1 of 2 rows") && told.contains("the action `Never allow` was not understood"));
    assert!(text.contains("# Port: 22/tcp") && text.contains("# Action: Never allow"), "{text}");
}

/// Asserts what each row of a table of ports and protocols becomes.
fn assert_rows(cases: &[(&str, &str, &[&str])]) {
    for (locale, row, lines) in cases {
        let head = match *locale {
            "en" => "From,To,Port,Protocol",
            "de" => "Von,Nach,Port,Protokoll",
            _ => "送信元,宛先,ポート,プロトコル",
        };
        let (told, text) = begun(locale, &format!("{head}\nConsole,Sensor,9443,TCP\nConsole,Relay,{row}\n"));
        let own = text.split("rows: [1]").nth(1).unwrap();
        let all = format!("{told}{own}");
        for line in *lines {
            assert!(all.contains(line), "{row}: {line}: {all}");
        }
        let is_left = own.contains("write the flow, or say why it is none");
        let count = if is_left { "taken: 1 of 2 rows" } else { "taken: 2 of 2 rows" };
        assert!(told.contains(count), "{row}: {told}");
    }
}

/// Half of a row that passes for all of it would leave a port closed.
#[test]
fn a_row_of_which_a_port_cannot_be_written_stays_a_comment() {
    assert_rows(&[
        ("en", "80/443,HTTP/HTTPS", &["ports: [80/tcp http, 443/tcp https]"]),
        ("en", "443/9999,HTTPS", &["# Port: 443/9999", "# Protocol: HTTPS", "what carries port 9999", "TODO: row 2"]),
        ("en", "\"443, random\",TCP", &["# Port: 443, random", "TODO: row 2"]),
        ("en", "\"443, Dynamic\",TCP", &["# Port: 443, Dynamic", "the port `443, Dynamic` was not understood"]),
        ("en", "\"443/tcp, Dynamic\",", &["# Port: 443/tcp, Dynamic", "the port `Dynamic` of", "TODO: row 2"]),
    ]);
}

#[test]
fn a_port_that_is_not_understood_is_told_with_its_text() {
    assert_rows(&[
        ("en", "Dynamic,TCP", &["TODO: the port `Dynamic` was not understood", "# Port: Dynamic"]),
        ("en", "–,TCP", &["TODO: the cell of the port is lost"]),
        ("en", ",TCP", &["TODO: the cell of the port is lost"]),
        ("ja", "動的ポート,TCP", &["TODO: the port `動的ポート` was not understood"]),
    ]);
}

#[test]
fn ports_above_a_number_are_a_range() {
    let range: &[&str] = &["ports: 1024-65535/tcp\n"];
    assert_rows(&[
        ("en", ">1023,TCP", range),
        ("en", "> 1023,TCP", range),
        ("en", ">= 1024,TCP", range),
        ("en", "≥1024,TCP", range),
        ("en", "1024+,TCP", range),
        ("en", "above 1023,TCP", range),
        ("en", "Ports above 1023,TCP", range),
        ("en", "Greater than 1023,TCP", range),
        ("en", "1024 and above,TCP", range),
        ("en", "1024 or higher,TCP", range),
        ("de", "über 1023,TCP", range),
        ("de", "1024 und höher,TCP", range),
        ("ja", "1024以上,TCP", range),
        ("en", "<1024,TCP", &["ports: 1-1023/tcp\n"]),
        ("en", "443 and above 8000,TCP", &["the port `443 and above 8000` was not understood"]),
        ("en", "\"80, 1024+\",TCP", &["ports: [80/tcp, 1024-65535/tcp]\n"]),
    ]);
}

#[test]
fn one_of_several_ports_is_enough_where_the_cell_says_so() {
    let one: &[&str] = &["ports: [80/tcp, 9081/tcp]\n    need: one\n"];
    assert_rows(&[
        ("en", "80 or 9081,TCP", one),
        ("de", "80 oder 9081,TCP", one),
        ("ja", "80または9081,TCP", one),
        ("en", "9025/tcp or 9587/tcp,", &["ports: [9025/tcp, 9587/tcp]\n    need: one\n"]),
        ("en", "\"80, 9081\",TCP", &["ports: [80/tcp, 9081/tcp]\n    rows"]),
        ("en", "9053,TCP or UDP", &["ports: 9053/tcp+udp\n    rows"]),
    ]);
}

#[test]
fn what_stands_beside_ports_and_protocols_is_kept_and_makes_no_service() {
    assert_rows(&[
        ("en", "\"80 (HTTP), 443 (HTTPS)\",TCP", &["ports: [80/tcp http, 443/tcp https]"]),
        ("en", "9443*,TCP", &["# Port: 9443*", "ports: 9443/tcp", "says more than its ports: \"9443*\""]),
        ("en", "9443 (default),TCP", &["# Port: 9443 (default)", "ports: 9443/tcp", "says more than its ports"]),
        (
            "en",
            "9053,UDP (TCP for large answers)",
            &["ports: 9053/tcp+udp\n", "# Protocol: UDP (TCP for large answers)", "says more than its protocols"],
        ),
        ("en", "9053,Both", &["ports: 9053/tcp+udp\n"]),
        ("de", "9053,Beide", &["ports: 9053/tcp+udp\n"]),
        ("en", "443,IP", &["TODO: row 2", "what carries port 443", "# Protocol: IP"]),
        ("en", "443,Any", &["TODO: row 2", "# Protocol: Any"]),
    ]);
    for cell in ["UDP (TCP for large answers)", "Both", "IP", "Any", "internal message bus"] {
        let (_, text) = begun("en", &format!("From,To,Port,Protocol\na,b,9443,TCP\nc,d,9053,{cell}\n"));
        assert!(!text.contains("services:"), "{cell}: {text}");
    }
    let (_, text) = begun("en", "From,To,Port,Protocol\na,b,9443,TCP\nc,d,9053,RTSP over TCP\n");
    assert!(text.contains("  rtsp:\n    name: RTSP"), "{text}");
}

#[test]
fn columns_are_told_by_more_heads_and_the_summary_says_what_each_was_taken_for() {
    for (locale, head, node, remark, owner) in [
        ("en", "Port", "Component", "Notes", "Owner"),
        ("en", "Port", "Node", "Comments", "Owner"),
        ("en", "Port", "Role", "Remarks", "Owner"),
        ("en", "Port", "Service", "Notes", "Owner"),
        ("de", "Port", "Komponente", "Bemerkung", "Besitzer"),
        ("ja", "ポート", "コンポーネント", "備考", "担当"),
    ] {
        let (told, text) = begun(locale, &format!("{node},{head},{remark},{owner}\nStore,9443/tcp,Keeps all.,Ann\n"));
        let columns = format!("columns: {node} → to, {head} → ports, {remark} → purpose, {owner} → comments\n");
        assert!(told.contains(&columns) && told.contains("kept as comments: 1 cell\n"), "{told}");
        assert!(text.contains("to: store\n") && text.contains(": Keeps all.\n"), "{text}");
        assert!(text.contains(&format!("# {owner}: Ann\n")), "{text}");
    }
    let (told, text) = begun("en", "From,To,Port,Purpose,Notes\nA1,B1,443/tcp,Shows.,Old\n");
    assert!(told.contains("Purpose → purpose, Notes → comments"), "{told}");
    assert!(text.contains("# Notes: Old\n") && text.contains("en: Shows.\n"), "{text}");
}

#[test]
fn source_ports_are_written_and_nothing_of_them_is_lost() {
    for (cell, lines) in [
        ("1024-65535", &["from-ports: 1024-65535/tcp\n"][..]),
        (">1023", &["from-ports: 1024-65535/tcp\n"]),
        ("9500", &["from-ports: 9500/tcp\n"]),
        ("any", &["ports: 443/tcp https\n    rows"]),
        ("*", &["ports: 443/tcp https\n    rows"]),
        ("", &["ports: 443/tcp https\n    rows"]),
        ("ephemeral", &["# Source port: ephemeral\n", "TODO: the source port `ephemeral` was not understood"]),
        ("500 and 4500", &["# Source port: 500 and 4500\n", "TODO: the source port `500 and 4500`"]),
    ] {
        let (_, text) = begun("en", &format!("From,Source port,To,Port,Protocol\nA1,{cell},B1,443,HTTPS over TCP\n"));
        for line in lines {
            assert!(text.contains(line), "{cell}: {line}: {text}");
        }
    }
    let (_, text) = begun("en", "From,Source port,To,Port,Protocol\nA1,53,B1,53,DNS over TCP/UDP\n");
    assert!(text.contains("from-ports: [53/tcp, 53/udp]\n"), "{text}");
}

#[test]
fn either_end_may_open_where_the_direction_says_so() {
    for (locale, heads, both) in [
        ("en", "From,To,Port,Direction", "Both"),
        ("en", "From,To,Port,Direction", "Bidirectional"),
        ("en", "From,To,Port,Direction", "<->"),
        ("de", "Von,Nach,Port,Richtung", "beide"),
        ("ja", "送信元,宛先,ポート,方向", "双方向"),
    ] {
        let (told, text) = begun(locale, &format!("{heads}\nAlpha,Beta,7000/tcp,{both}\n"));
        assert!(text.contains("    between: [alpha, beta]\n    ports: 7000/tcp\n"), "{text}");
        assert!(told.contains("taken: 1 of 1 rows"), "{told}");
    }
    let (_, text) = begun("en", "From,To,Port,Direction\nAlpha,any,7000/tcp,Both\n");
    assert!(text.contains("TODO: either side may open"), "{text}");
    let (_, text) = begun("en", "From,To,Port,Direction\nAlpha,Beta,7000/tcp,sideways\n");
    assert!(text.contains("# Direction: sideways\n"), "{text}");
}

#[test]
fn a_host_at_an_end_is_a_component_with_a_name_to_look_at() {
    for (cell, id, name) in [
        ("files.example.com", "files-example-com", "files.example.com"),
        ("store.example", "store-example", "store.example"),
        ("db.corp.internal", "db-corp-internal", "db.corp.internal"),
        ("db.test", "db-test", "db.test"),
        ("203.0.113.7", "party", "203.0.113.7"),
    ] {
        let (told, text) = begun("en", &format!("From,To,Port\nAlpha,{cell},443/tcp\n"));
        assert!(text.contains(&format!("  {id}:\n    # TODO: the name of the component at {name}\n")), "{text}");
        assert!(text.contains(&format!("hosts: [{cell}]\n")) && text.contains(&format!("to: {id}\n")), "{text}");
        let plain = name.replace('.', "-");
        assert!(text.contains(&format!("name: {plain}\n")) && !text.contains("name:\n      en: \"\""), "{text}");
        let todos = text.matches("# TODO").count();
        let end = format!(
            "TODO: {todos} in content/products/x.yaml; list them with `grep -n TODO content/products/x.yaml`\n"
        );
        assert!(told.contains(&end), "{told}");
    }
}

/// Whatever a cell says stands somewhere in the file.
#[test]
fn no_word_of_a_cell_is_lost() {
    let long = "word ".repeat(80) + "lastword";
    for (row, words) in [
        (format!("Alpha,Beta,443/tcp,{long},{long}"), &["lastword"][..]),
        ("Alpha (left wing),Beta,443/tcp,x,y".to_owned(), &["left wing"]),
        ("\"Alpha\n(intranet)\",Beta,443/tcp,x,y".to_owned(), &["intranet"]),
        ("\"Subnets: 10.0.0.0/8\",Beta,443/tcp,x,y".to_owned(), &["Subnets", "10.0.0.0/8"]),
        ("Alpha,\"Backup: b.example.com\",443/tcp,x,y".to_owned(), &["Backup", "b.example.com"]),
        ("Alpha,\"Backup: nightly b.example.com\",443/tcp,x,y".to_owned(), &["nightly", "b.example.com"]),
        ("Alpha,Beta,443/tcp,Blocked,y".to_owned(), &["does `Blocked` mean that it must not be possible?"]),
    ] {
        let (_, text) =
            begun("en", &format!("From,To,Port,Purpose,Contact\n{row}\nA,B,1/tcp,Says,z\nC,D,2/tcp,Asks,z\n"));
        for word in words {
            assert!(text.contains(word), "{row}: {word}: {text}");
        }
        assert!(text.lines().all(|line| line.chars().count() < 2_000 && !line.ends_with('…')), "{text}");
    }
}

/// A file of the site that has no other lists adds to those that come with rutter.
#[test]
fn a_head_is_taught_in_one_line() {
    let folder = folder();
    write_files(folder.path(), &site());
    std::fs::create_dir_all(folder.path().join("i18n/en")).unwrap();
    std::fs::write(folder.path().join("i18n/en/language.toml"), "[pages]\nto = [\"box\"]\n").unwrap();
    std::fs::write(folder.path().join("page.csv"), "Source,Box,Port\nAlpha,Beta,443/tcp\n").unwrap();
    let told = transcript(&rutter(folder.path(), &["new", "product", "x", "--from", "page.csv"]));
    assert!(told.contains("columns: Source → from, Box → to, Port → ports\n"), "{told}");
}

#[test]
fn what_another_language_remarks_is_kept_and_its_verdict_compared() {
    let folder = folder();
    write_files(folder.path(), &site());
    std::fs::write(folder.path().join("en.csv"), "From,To,Port,Action,Owner\nA1,B1,443/tcp,Allow,Ann\n").unwrap();
    std::fs::write(folder.path().join("de.csv"), "Von,Nach,Port,Aktion,Amt\nA1,B1,443/tcp,Verweigern,Bea\n").unwrap();
    let pages = ["new", "product", "x", "--locale", "en=en.csv", "--locale", "de=de.csv"];
    let told = transcript(&rutter(folder.path(), &pages));
    assert!(told.contains("verdict: allow in en.csv, block in de.csv"), "{told}");
    let text = std::fs::read_to_string(folder.path().join("content/products/x.yaml")).unwrap();
    assert!(text.contains("# Owner: Ann\n") && text.contains("# Amt: Bea\n"), "{text}");
}

#[test]
fn whom_a_row_is_about_opens_what_goes_out_and_listens_to_what_comes_in() {
    for (locale, heads, inward, outward) in [
        ("en", "Component,Port,Direction", "Inbound", "Outbound"),
        ("en", "Component,Port,Direction", "In", "Out"),
        ("de", "Komponente,Port,Richtung", "eingehend", "ausgehend"),
        ("ja", "コンポーネント,ポート,方向", "受信", "送信"),
    ] {
        let (told, text) = begun(locale, &format!("{heads}\nStore,9443/tcp,{inward}\nMail,9025/tcp,{outward}\n"));
        assert!(text.contains("from: unstated\n    to: store\n    ports: 9443/tcp"), "{inward}: {text}");
        assert!(text.contains("from: mail\n    to: unstated\n    ports: 9025/tcp"), "{outward}: {told}{text}");
    }
}

#[test]
fn a_range_is_one_in_whatever_way_its_ends_are_joined() {
    assert_rows(&[
        ("en", "2500 to 3300,TCP", &["ports: 2500-3300/tcp"]),
        ("en", "2500 through 3300,TCP", &["ports: 2500-3300/tcp"]),
        ("en", "2500..3300,UDP", &["ports: 2500-3300/udp"]),
        ("en", "\"1,024\",TCP", &["ports: 1024/tcp"]),
        ("en", "\"80,443\",TCP", &["ports: [80/tcp, 443/tcp]"]),
        ("de", "30000 bis 30099,TCP", &["ports: 30000-30099/tcp"]),
        ("ja", "30000から30099,TCP", &["ports: 30000-30099/tcp"]),
    ]);
}

#[test]
fn the_type_of_a_message_may_stand_beside_its_protocol() {
    assert_rows(&[
        ("en", "echo request,ICMP", &["ports: icmp(echo-request)"]),
        ("en", "Type 8,ICMP", &["ports: icmp(echo-request)"]),
        ("de", ",ICMP Echo", &["ports: icmp(echo-request)"]),
        ("en", ",ICMP", &["ports: icmp\n"]),
    ]);
}

/// A sign of repetition names nobody.
#[test]
fn a_cell_that_repeats_the_one_above_says_what_that_says() {
    for (locale, head, ditto) in [
        ("en", "From,To,Port,Protocol", "ditto"),
        ("de", "Von,Nach,Port,Protokoll", "dto."),
        ("ja", "送信元,宛先,ポート,プロトコル", "〃"),
        ("ja", "送信元,宛先,ポート,プロトコル", "同上"),
    ] {
        let (told, text) = begun(
            locale,
            &format!("{head}\nConsole,Sensor,443,TCP\n{ditto},{ditto},80,TCP\n{ditto},Relay,22,{ditto}\n"),
        );
        assert_eq!(text.matches("from: console").count(), 3, "{ditto}: {told}\n{text}");
        assert_eq!(text.matches("to: sensor").count(), 2, "{ditto}: {text}");
        assert!(text.contains("22/tcp") && !text.contains("unstated"), "{ditto}: {text}");
    }
}
