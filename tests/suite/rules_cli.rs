//! `rutter rules` as a command: what it takes, what it refuses, and that it then writes nothing.

use crate::support::{folder, repository, rutter, transcript};

/// Arguments behind `rules`, the status, and what is said of them.
const SAID: &[(&[&str], i32, &[&str])] = &[
    (&["deep-security", "--side", "gateway"], 2, &["no format is named", "--formats"]),
    (&["deep-security", "--for", "csv"], 2, &["where the rules will be", "--side gateway"]),
    (&["nothing", "--side", "gateway", "--for", "csv"], 2, &["no product `nothing`", "deep-security"]),
    (&["deep-security", "--side", "gateway", "--for", "nfttables"], 2, &["`nfttables`", "did you mean `nftables`?"]),
    (&["deep-security", "--side", "host:managr", "--for", "csv"], 2, &["`managr`", "did you mean `manager`?"]),
    (&["deep-security", "--side", "host:agent", "--for", "squid"], 2, &["no rules for `host:agent`", "gateway"]),
    (
        &["deep-security", "--side", "gateway", "--for", "csv", "--choose", "foo=bar"],
        2,
        &["no option `foo`", "version"],
    ),
    (&["deep-security", "--side", "gateway", "--for", "csv", "--choose", "version=v1"], 2, &["`v1`", "v11-0"]),
    (&["deep-security", "--side", "gateway", "--for", "csv", "--pick", "nothing"], 2, &["no flow `nothing`"]),
    (&["deep-security", "--side", "gateway", "--for", "csv", "--port", "api-access=99999"], 2, &["`99999` is no port"]),
    (&["deep-security", "--side", "gateway", "--for", "csv", "--address", "agent"], 2, &["has no `=`"]),
    (
        &["deep-security", "--side", "gateway", "--for", "csv", "--address", "agent=10.0.0.5/8"],
        2,
        &["10.0.0.5/8", "`10.0.0.5` for the address", "`10.0.0.0/8` for the network"],
    ),
    (&["deep-security", "--side", "gateway", "--for", "csv", "--address", "agent=::/0"], 2, &["--allow-everything"]),
    (
        &["deep-security", "--for", "csv", "--side", "gateway", "--table", "ip x"],
        2,
        &["no name `table`", "leaves no name to you"],
    ),
    (
        &["deep-security", "--for", "gcp", "--side", "host:manager", "--set", "net=prod"],
        2,
        &["`net`", "network, prefix, tag"],
    ),
    (&["deep-security", "--for", "gcp", "--side", "host:manager", "--set", "network=a;b"], 2, &["`a;b`", "[a-z0-9-]"]),
    (&["deep-security", "--for", "csv", "--side", "gateway", "--set", "network=a"], 2, &["leaves no name to you"]),
    // Nothing can be said, and each reason is.
    (
        &["deep-security", "--for", "nftables", "--side", "gateway", "--choose", "communication=agent-initiated"],
        0,
        &["0 rules;", "same-zone deep-security/api-access"],
    ),
    (&["deep-security", "--for", "nftables", "--side", "gateway", "--strict"], 1, &["left out: "]),
];

#[test]
fn what_makes_no_sense_is_said_with_the_next_step() {
    for (arguments, status, said) in SAID {
        let output = rutter(&repository(), &[&["rules"], *arguments].concat());
        let told = transcript(&output);
        assert_eq!(output.status.code(), Some(*status), "{arguments:?}: {told}");
        for words in *said {
            assert!(told.contains(words), "{arguments:?} does not say {words:?}: {told}");
        }
        if *status == 2 {
            assert!(output.stdout.is_empty(), "{arguments:?} writes something");
        }
    }
}

#[test]
fn nothing_is_written_where_something_is_wrong() {
    let place = folder();
    let out = place.path().join("rules");
    let out = out.to_str().unwrap();
    let asked = ["rules", "deep-security", "--side", "gateway-all", "--for", "iptables", "--output", out];
    let wrong = rutter(&repository(), &[&asked[..], &["--address", "agent=10.0.0.300"]].concat());
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!place.path().join("rules").exists());
    let right = rutter(
        &repository(),
        &[&asked[..], &["--address", "agent=10.0.0.30", "--address", "manager=10.0.0.31", "--open", "all"]].concat(),
    );
    assert!(right.status.success(), "{}", transcript(&right));
    let written = std::fs::read_to_string(place.path().join("rules/rules.v4")).unwrap();
    assert!(written.contains("10.0.0.30"), "{written}");
}

#[test]
fn names_that_a_format_leaves_to_readers_stand_in_its_files() {
    let asked = ["rules", "deep-security", "--side", "gateway-all", "--address", "agent=10.0.0.30", "--open", "all"];
    let file = |format: &str, set: &str| {
        let output = rutter(&repository(), &[&asked[..], &["--for", format, "--set", set]].concat());
        assert!(output.status.success(), "{}", transcript(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(file("asa", "acl=edge-in").contains("edge-in"));
    let table = rutter(&repository(), &[&asked[..], &["--for", "nftables", "--table", "inet edge"]].concat());
    assert_eq!(file("nftables", "table=inet edge").into_bytes(), table.stdout);
}

#[test]
fn ten_thousand_addresses_are_taken_and_one_more_is_refused() {
    let ask = |counts: &[(u32, u32)]| {
        let mut asked: Vec<String> =
            ["rules", "deep-security", "--side", "gateway-all", "--for", "csv", "--open", "all"]
                .map(str::to_owned)
                .into();
        for (from, to) in counts {
            let list: Vec<_> = (*from..*to).map(|at| format!("1.0.{}.{}", at >> 8, at & 255)).collect();
            asked.extend(["--address".to_owned(), format!("agent={}", list.join(","))]);
        }
        rutter(&repository(), &asked.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let taken = ask(&[(0, 10_000)]);
    assert!(taken.status.success());
    // An archive that stores its files as they are.
    assert!(String::from_utf8_lossy(&taken.stdout).contains("1.0.39.15"));
    // In one argument, or in two.
    for counts in [&[(0, 10_001)][..], &[(0, 6_000), (6_000, 10_001)]] {
        let refused = ask(counts);
        assert_eq!(refused.status.code(), Some(2));
        assert!(String::from_utf8(refused.stderr).unwrap().contains("more than 10,000 addresses"), "{counts:?}");
    }
}
