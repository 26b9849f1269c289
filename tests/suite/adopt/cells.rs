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
