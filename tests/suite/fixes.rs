//! `check --fix`: every mistake of `tests/diagnostics/` that it mends, and how, stands in `tests/fixes.tsv`;
//! whatever it writes, only what was replaced is otherwise.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use camino::Utf8Path;
use rayon::prelude::*;
use rutter::edit::fix::fix;
use rutter::inside::source::Sources;

use crate::diagnostics::cases;
use crate::support::{expect, files_below, folder, repository, rutter, write_files};

/// The files of a case as its writer has them.
fn files_of(name: &str, case: &std::path::Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = files_below(&repository().join("tests/diagnostics/_base"));
    let mut own = files_below(case);
    own.remove("expected.txt");
    own.remove("command");
    let removed = own.remove("remove").map_or(String::new(), |bytes| String::from_utf8(bytes).unwrap());
    removed.lines().for_each(|path| assert!(files.remove(path).is_some(), "{name}: {path}"));
    files.extend(own);
    files
}

/// `path:line:column: `a` → `b` (code)`, as it is told.
fn told(stderr: &str) -> Vec<&str> {
    let is_told = |line: &&str| line.contains(" → ") && line.ends_with(')') && !line.starts_with("error[");
    stderr.lines().filter(is_told).collect()
}

#[test]
fn what_has_one_right_answer_is_mended_and_nothing_else() {
    let cases: Vec<_> = cases().into_iter().collect();
    let mended: Vec<String> = cases
        .par_iter()
        .map(|(name, case)| {
            let files = files_of(name, case);
            let folder = folder();
            write_files(folder.path(), &files);
            // The whole command, twice, only where there is something to see: there are six hundred cases.
            let sources = Sources::read(Utf8Path::from_path(folder.path()).unwrap()).unwrap();
            if fix(&sources, |_| true).mended.is_empty() {
                return String::new();
            }
            let output = rutter(folder.path(), &["check", "--fix"]);
            let stderr = String::from_utf8(output.stderr).unwrap();
            let stdout = String::from_utf8(output.stdout).unwrap();
            let mended = told(&stderr);
            let after = files_below(folder.path());
            let changed = after.iter().filter(|(path, bytes)| files.get(*path) != Some(bytes));
            let mut named: Vec<_> = mended.iter().filter_map(|line| line.split(':').next()).collect();
            named.sort_unstable();
            named.dedup();
            assert_eq!(changed.map(|(path, _)| path.as_str()).collect::<Vec<_>>(), named, "{name}");
            assert!(files.keys().all(|path| after.contains_key(path)), "{name}: a file is gone");
            let again = rutter(folder.path(), &["check", "--fix"]);
            assert!(told(&String::from_utf8(again.stderr).unwrap()).is_empty(), "{name}: not all in one run");
            assert_eq!(String::from_utf8(again.stdout).unwrap(), stdout, "{name}");
            let mut lines = String::new();
            for line in mended {
                writeln!(lines, "{name}\t{line}").unwrap();
            }
            lines
        })
        .collect();
    expect(mended.concat(), &repository().join("tests/fixes.tsv"));
}

const SITE: &str = "tests/diagnostics/unknown-component--among-others";

#[test]
fn a_dry_run_is_a_patch_that_git_applies() {
    let (patched, fixed) = (folder(), folder());
    let files = files_of("among others", &repository().join(SITE));
    for folder in [&patched, &fixed] {
        write_files(folder.path(), &files);
    }
    let dry = rutter(patched.path(), &["check", "--fix", "--dry-run"]);
    assert!(dry.status.success());
    assert_eq!(files_below(patched.path()), files, "a dry run wrote something");
    assert_eq!(String::from_utf8(dry.stderr).unwrap(), "3 mistakes would be mended; nothing was written\n");
    std::fs::write(patched.path().join("fix.patch"), &dry.stdout).unwrap();
    let git =
        std::process::Command::new("git").args(["apply", "fix.patch"]).current_dir(patched.path()).status().unwrap();
    assert!(git.success());
    std::fs::remove_file(patched.path().join("fix.patch")).unwrap();
    rutter(fixed.path(), &["check", "--fix"]);
    assert_eq!(files_below(patched.path()), files_below(fixed.path()));
}

#[test]
fn a_fix_that_makes_another_mistake_is_left_to_the_writer() {
    let folder = folder();
    let mut files = files_of("twice", &repository().join("tests/diagnostics/unknown-key"));
    let path = "content/products/small.yaml";
    let text = String::from_utf8(files[path].clone()).unwrap();
    // Beside the key that was meant: mended, there would be two of it.
    let twice = text.replacen("form: agent", "from: agent, form: agent", 1);
    assert_ne!(twice, text);
    files.insert(path.to_owned(), twice.clone().into_bytes());
    write_files(folder.path(), &files);
    let output = rutter(folder.path(), &["check", "--fix"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(folder.path().join(path)).unwrap(), twice);
    assert!(String::from_utf8(output.stdout).unwrap().contains("error[unknown-key]: `form`"));
    let told = "`form` → `from` (unknown-key), left as it is: it leads to another mistake\n";
    assert!(String::from_utf8(output.stderr).unwrap().contains(told));
}

/// Accents apart from their letters in three scripts, and line breaks of other systems: none of them is touched.
#[test]
fn a_fix_writes_no_byte_that_it_does_not_mend() {
    for (line_end, comment) in [("\n", "Pru\u{308}fung, カ\u{3099}"), ("\r\n", "Pru\u{308}fung")] {
        let (fixed, patched) = (folder(), folder());
        let mut files = files_of("written", &repository().join("tests/diagnostics/unknown-component"));
        let path = "content/products/small.yaml";
        let text = String::from_utf8(files[path].clone()).unwrap().replace('\n', line_end);
        let text = format!("# {comment}{line_end}{text}# {comment}{line_end}").replace("agnet,", "agnet, ");
        files.insert(path.to_owned(), text.clone().into_bytes());
        files.insert("site.toml".to_owned(), [files["site.toml"].as_slice(), b"# u\xcc\x88\n"].concat());
        for folder in [&fixed, &patched] {
            write_files(folder.path(), &files);
        }
        rutter(fixed.path(), &["check", "--fix"]);
        let mut wanted = files.clone();
        wanted.insert(path.to_owned(), text.replacen("agnet", "agent", 1).into_bytes());
        assert!(files_below(fixed.path()) == wanted, "{comment:?}");
        let difference = rutter(patched.path(), &["check", "--fix", "--dry-run"]).stdout;
        std::fs::write(patched.path().join("fix.patch"), difference).unwrap();
        let git = std::process::Command::new("git").args(["apply", "fix.patch"]).current_dir(patched.path()).output();
        let git = git.unwrap();
        assert!(git.status.success(), "{comment:?}: {}", String::from_utf8_lossy(&git.stderr));
        std::fs::remove_file(patched.path().join("fix.patch")).unwrap();
        assert!(files_below(patched.path()) == wanted, "{comment:?}");
    }
}

#[test]
fn what_may_be_meant_in_two_ways_is_left_to_the_writer() {
    let slips = [
        ("53/tcp+udp dns", "443-/tcp"),
        ("53/tcp+udp dns", "443+/tcp"),
        ("53/tcp+udp dns", "all/tcp"),
        ("53/tcp+udp dns", "0443/tcp"),
        ("53/tcp+udp dns", "icmp(echo)"),
        ("53/tcp+udp dns", "Random(443-445)/tcp"),
        ("53/tcp+udp dns", "https(443-445)/tcp"),
        ("53/tcp+udp dns", "6000-5000/udp"),
        ("ports: 53/tcp+udp dns", "ports: 53/tcp+udp dns, proxy: https"),
        ("from: agent", "from: agint"),
        ("from: agent", "from: agents"),
    ];
    for (right, wrong) in slips {
        let folder = folder();
        let mut files = files_of("slip", &repository().join("tests/diagnostics/_base"));
        let path = "content/products/small.yaml";
        let text = String::from_utf8(files[path].clone()).unwrap();
        assert!(text.contains(right), "{right}");
        files.insert(path.to_owned(), text.replacen(right, wrong, 1).into_bytes());
        write_files(folder.path(), &files);
        let output = rutter(folder.path(), &["check", "--fix"]);
        assert_eq!(output.status.code(), Some(1), "{wrong}");
        assert!(files_below(folder.path()) == files, "{wrong} was mended");
    }
}

#[test]
fn a_check_of_some_files_is_silent_about_others() {
    let folder = folder();
    let mut files = files_of("two", &repository().join("tests/diagnostics/unknown-component"));
    files.insert("content/pages/about.md".to_owned(), b"# no page\n".to_vec());
    write_files(folder.path(), &files);
    let check = |place: &str, arguments: &[&str]| {
        let arguments: Vec<_> = std::iter::once("check").chain(arguments.iter().copied()).collect();
        let output = rutter(&folder.path().join(place), &arguments);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    let (status, stdout, stderr) = check("", &["content/products"]);
    assert_eq!(status, 1);
    assert!(stdout.contains("error[unknown-component]"), "{stdout}");
    assert!(!stdout.contains("about.md"), "{stdout}");
    assert!(stderr.contains("1 error; 1 error elsewhere"), "{stderr}");
    // From the folder in which they stand; and what is elsewhere fails nothing.
    let (status, stdout, stderr) = check("content", &["common", "../site.toml"]);
    assert_eq!((status, stdout.as_str()), (0, ""), "{stderr}");
    assert_eq!(stderr, "no errors, no warnings; 2 errors elsewhere\n");
    for (path, said) in [
        (
            "content/products/smal.yaml",
            "error: there is no content/products/smal.yaml\nhelp: did you mean `small.yaml`?\n",
        ),
        (
            "/",
            "error: / is not below the folder of the site, .\nhelp: name the folder of the other site with `--root DIR`\n",
        ),
    ] {
        let (status, stdout, stderr) = check("", &[path]);
        assert_eq!((status, stdout.as_str(), stderr.as_str()), (2, "", said));
    }
    std::fs::write(folder.path().join("NOTES"), "").unwrap();
    assert!(check("", &["NOTES"]).2.starts_with("error: NOTES is no file of the site\n"));
}
