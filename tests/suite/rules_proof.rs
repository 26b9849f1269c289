//! Rules read back from the tools that they are for: they allow what the facts say, not more and not less. The proof
//! itself is in Python, as the tools are (`tests/rules/`): it knows `api/v1` and nothing of the crate.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use crate::support::{amount, folder, repository, rutter};

/// The sites with what they become, as the scripts are told: the real content, and one with every trait.
static SITES: LazyLock<[String; 2]> = LazyLock::new(|| {
    [("real", repository()), ("every", repository().join("tests/rules/site"))].map(|(name, root)| {
        let built = repository().join("target/rules-proof").join(name);
        let built = built.to_str().unwrap();
        let root = root.to_str().unwrap();
        let done = rutter(&repository(), &["build", "--root", root, "--output", built]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        format!("{root}={built}")
    })
});

/// Runs a script of `tests/rules` with what `tests/run` installs.
fn python(script: &str, program: &Path, arguments: &[&str]) -> Output {
    let python = repository().join("target/rules-venv/bin/python");
    let path = format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default());
    Command::new(&python)
        .arg(repository().join("tests/rules").join(script))
        .arg("--rutter")
        .arg(program)
        .args(arguments)
        .env("PATH", path)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(repository())
        .output()
        .unwrap_or_else(|error| panic!("{} does not start ({error}); tests/run installs it", python.display()))
}

fn own() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_rutter"))
}

/// What a script says in the end, where it must agree.
fn agrees(script: &str, arguments: &[&str]) {
    let mut arguments = arguments.to_vec();
    arguments.extend(amount(None, Some("--all")));
    let done = python(script, &own(), &arguments);
    assert!(done.status.success(), "{script}: {}", said(&done));
}

fn said(done: &Output) -> String {
    let status = done.status.code();
    format!("status {status:?}\n{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
}

/// Whether rules of the site with every trait differ from the facts where a folder has other declarations.
pub(crate) fn differs(root: &Path, format: &str) -> bool {
    let (_, built) = SITES[1].split_once('=').unwrap();
    let site = format!("{}={built}", root.to_str().unwrap());
    let done =
        python("prove.py", &own(), &["--site", &site, "--only", format, "--amount", "60", "--jobs", "1", "--first"]);
    assert!(done.status.code().is_some_and(|code| code < 2), "{}", said(&done));
    !done.status.success()
}

#[test]
fn rules_read_back_allow_what_the_facts_say_and_nothing_else() {
    let [real, every] = &*SITES;
    // All that there are (`--all`) take an hour.
    let done = python("prove.py", &own(), &["--site", real, "--site", every, "--amount", amount("3", "150")]);
    assert!(done.status.success(), "{}", said(&done));
}

#[test]
fn wrong_interpreters_are_caught() {
    agrees("mutants.py", &["--site", &SITES[1]]);
}

#[test]
fn hostile_words_change_nothing_but_names() {
    agrees("hostile.py", &["--site", &SITES[1]]);
}

#[test]
fn a_test_of_connectivity_says_of_a_network_what_it_is_like() {
    agrees("networks.py", &["--site", &SITES[1]]);
}

#[test]
fn a_program_that_compares_firewalls_finds_the_formats_alike() {
    agrees("alike.py", &["--site", &SITES[0]]);
}

/// A compiler whose files are changed by `sed` before anybody reads them.
fn wrong(folder: &Path, expression: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let program = folder.join("rutter");
    let text = format!(
        "#!/usr/bin/env bash\n'{}' \"$@\" || exit\nwhile [ $# -gt 1 ] && [ \"$1\" != --output ]; do shift; done\n\
         if [ $# -gt 1 ]; then find \"$2\" -type f -exec sed -i '{expression}' {{}} +; fi\n",
        own().display()
    );
    std::fs::write(&program, text).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    program
}

#[test]
fn each_proof_fails_where_it_must() {
    let [real, every] = &*SITES;
    let cases: [(&str, &str, &str, &[&str], &str); 5] = [
        ("prove.py", every, "s/ dport 22 / dport 23 /", &["--only", "nftables", "--amount", "40"], "narrower"),
        ("mutants.py", every, "", &["--with-none"], "not caught: nothing wrong"),
        ("hostile.py", every, "s/a COMMIT/a\\nCOMMIT/", &["--only", "iptables"], "changes iptables"),
        ("networks.py", every, "s/result=failed/result=ok/", &[], "should be failed"),
        ("alike.py", real, "s/ port 443$/ port 444/", &[], "panos"),
    ];
    for (script, site, expression, arguments, told) in cases {
        let folder = folder();
        let program = wrong(folder.path(), expression);
        let done = python(script, &program, &[&["--site", site], arguments].concat());
        assert!(done.status.code() == Some(1) && said(&done).contains(told), "{script}: {}", said(&done));
    }
}
