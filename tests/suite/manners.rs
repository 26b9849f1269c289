//! How the command speaks: quiet, in color, on a terminal, to a shell that completes words.

use std::process::Command;

use crate::support::{folder, repository, rutter, small_site, write_files};

const ESCAPE: &str = "\u{1b}[";

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_rutter"))
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// A site with one mistake.
fn mistaken() -> tempfile::TempDir {
    let folder = folder();
    let mut files = small_site();
    let product = files.get_mut("content/products/small.yaml").unwrap();
    let text = String::from_utf8(product.clone()).unwrap().replacen("from: agent", "from: agnet", 1);
    *product = text.into_bytes();
    write_files(folder.path(), &files);
    folder
}

#[test]
fn quiet_commands_say_what_is_wrong_and_nothing_else() {
    let folder = folder();
    write_files(folder.path(), &small_site());
    let quiet = [&["build", "-q"][..], &["build", "--quiet"], &["--quiet", "check"], &["new", "page", "reading", "-q"]];
    for arguments in quiet {
        let output = rutter(folder.path(), arguments);
        let (out, err) = (text(output.stdout), text(output.stderr));
        // What was asked for is no chatter: which file to fill in.
        let result = if arguments[0] == "new" { "content/pages/reading.yaml\n" } else { "" };
        assert_eq!((out.as_str(), err.as_str()), (result, ""), "{arguments:?}");
        assert!(output.status.success());
    }
    assert!(folder.path().join("public/index.html").exists());
    let folder = mistaken();
    let output = rutter(folder.path(), &["check", "--quiet"]);
    assert!(text(output.stdout).contains("error[unknown-component]"));
    assert_eq!(text(output.stderr), "");
    assert_eq!(output.status.code(), Some(1));
    let output = rutter(folder.path(), &["build", "--quiet"]);
    assert!(text(output.stderr).ends_with("error: 1 error; nothing was written\n"));
}

#[test]
fn color_is_asked_for_by_flag_terminal_or_environment() {
    let folder = mistaken();
    let check = |arguments: &[&str], variable: Option<(&str, &str)>| {
        let mut command = program();
        command.arg("check").args(arguments).current_dir(folder.path()).env_remove("NO_COLOR");
        command.envs(variable);
        text(command.output().unwrap().stdout).contains(ESCAPE)
    };
    assert!(!check(&[], None));
    assert!(check(&["--color", "always"], None));
    assert!(check(&["--color=always"], Some(("NO_COLOR", "1"))), "what is asked for now counts more");
    assert!(!check(&["--color", "never"], Some(("CLICOLOR_FORCE", "1"))));
    assert!(check(&[], Some(("CLICOLOR_FORCE", "1"))));
}

/// What a terminal is shown.
#[cfg(target_os = "linux")]
fn on_a_terminal(folder: &std::path::Path, command: &str, variable: Option<(&str, &str)>) -> String {
    let line = format!("{} {command}", env!("CARGO_BIN_EXE_rutter"));
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).current_dir(folder).env_remove("NO_COLOR").env("TERM", "xterm");
    text(script.envs(variable).output().unwrap().stdout)
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_has_colors_and_times_and_sees_how_far_long_work_is() {
    let folder = mistaken();
    assert!(on_a_terminal(folder.path(), "check", None).contains(ESCAPE));
    assert!(!on_a_terminal(folder.path(), "check", Some(("NO_COLOR", "1"))).contains(ESCAPE));
    assert!(!on_a_terminal(folder.path(), "check --color never", None).contains(ESCAPE));
    let last = |shown: &str| shown.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
    let shown = last(&on_a_terminal(folder.path(), "check", None));
    assert!(shown.starts_with("1 error") && shown.ends_with(" s"), "{shown}");
    let output = folder.path().join("long");
    let long = format!("build --output {}", output.display());
    let shown = on_a_terminal(&repository(), &long, None);
    assert!(
        shown.contains("writing [") && shown.contains("% ") | shown.contains("%, ") && shown.contains("left"),
        "{shown}"
    );
    std::fs::remove_dir_all(&output).unwrap();
    let shown = on_a_terminal(&repository(), &format!("{long} --quiet"), None);
    assert_eq!(shown, "", "quiet work shows no bar");
}

#[test]
fn the_version_names_the_commit() {
    let version = text(rutter(folder().path(), &["--version"]).stdout);
    let rest = version.strip_prefix(&format!("rutter {}", env!("CARGO_PKG_VERSION"))).unwrap().trim();
    let hash = rest.trim_start_matches('(').trim_end_matches(')').trim_end_matches('+');
    assert_eq!(hash.len(), 9, "{version}");
    let known = Command::new("git").args(["cat-file", "-t", hash]).current_dir(repository()).output().unwrap();
    assert_eq!(text(known.stdout), "commit\n", "{version}");
}

#[test]
fn each_command_has_a_page_of_the_manual() {
    let folder = folder();
    assert!(rutter(folder.path(), &["man", "--output", "pages"]).status.success());
    let help = text(rutter(folder.path(), &["--help"]).stdout);
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<_> =
        names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert!(names.len() > 15, "{names:?}");
    for name in names {
        let page = std::fs::read_to_string(folder.path().join(format!("pages/rutter-{name}.1"))).unwrap();
        assert!(page.contains(&format!(".TH rutter-{name} 1")) && page.contains(".SH OPTIONS"), "{name}: {page}");
        assert_eq!(text(rutter(folder.path(), &["man", name]).stdout), page);
    }
    let page = std::fs::read_to_string(folder.path().join("pages/rutter.1")).unwrap();
    assert!(page.contains("rutter\\-build(1)"), "{page}");
    let refused = rutter(folder.path(), &["man", "buidl"]);
    assert_eq!(text(refused.stderr), "error: rutter has no command `buidl`\nhelp: did you mean `build`?\n");
}

#[test]
fn completions_are_there_for_the_usual_shells() {
    let folder = folder();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = text(rutter(folder.path(), &["completions", shell]).stdout);
        assert!(script.contains("RUTTER_COMPLETE") && script.contains("rutter"), "{shell}: {script}");
        assert!(!script.contains(env!("CARGO_BIN_EXE_rutter")), "{shell}: an update may move the program");
    }
}

#[cfg(unix)]
#[test]
fn a_shell_offers_the_ids_of_the_site_in_hand() {
    let folder = folder();
    write_files(folder.path(), &small_site());
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_rutter"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let offered = |place: &std::path::Path, words: &[&str]| {
        let (word, before) = (words[words.len() - 1], words[words.len() - 2]);
        let list: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
        let script = format!(
            "source <(rutter completions bash); COMP_WORDS=({}); COMP_CWORD={}; COMP_TYPE=9; \
             _clap_complete_rutter rutter '{word}' '{before}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            list.join(" "),
            words.len() - 1
        );
        let output = Command::new("bash").args(["-c", &script]).env("PATH", &path).current_dir(place).output().unwrap();
        assert_eq!(text(output.stderr), "");
        text(output.stdout).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let has = |list: &[String], wanted: &str| list.iter().any(|word| word == wanted);
    assert!(has(&offered(folder.path(), &["rutter", "rules", ""]), "small"));
    assert_eq!(offered(folder.path(), &["rutter", "rename", "component", "small/age"]), ["small/agent"]);
    assert_eq!(offered(folder.path(), &["rutter", "explain", "unknown-comp"]), ["unknown-component"]);
    assert!(has(&offered(folder.path(), &["rutter", "status", "--locale", ""]), "en"));
    assert!(has(&offered(folder.path(), &["rutter", "rules", "small", "--for", ""]), "nftables"));
    let mut files = small_site();
    let config = "title = \"Test\"\nsource_locale = \"en\"\nlocales = [\"en\", \"de\"]\n";
    files.insert("site.toml".to_owned(), config.as_bytes().to_vec());
    write_files(folder.path(), &files);
    assert!(has(&offered(folder.path(), &["rutter", "accept", ""]), "small/product/summary"));
    let real = repository();
    assert!(!has(&offered(&real, &["rutter", "accept", ""]), "deep-security/product/summary"), "it is accepted");
    assert!(has(&offered(&real, &["rutter", "rules", "--choose", ""]), "version=v11-0"));
    // Where there is no site a shell says nothing.
    let empty = crate::support::folder();
    assert!(!has(&offered(empty.path(), &["rutter", "rules", ""]), "small"));
    assert!(has(&offered(empty.path(), &["rutter", "buil"]), "build"));
}
