//! What a reader of a page does, in a folder of its own: writes the files it shows, runs its
//! commands, and gets what it says they print.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use super::markdown::{Block, Page};
use crate::support::{files_below, folder, repository, rutter, transcript, write_files};

/// Commands of the handbook that no test can run, and why. The page must say so too: the mark stands
/// behind the command as a comment.
pub(super) const NOT_RUN: &[(&str, &str)] = &[
    ("cargo install --locked --path .", "# needs the network"),
    ("git push", "# needs the network"),
    ("python3 -m http.server --directory public", "# runs until you press Ctrl+C"),
    ("tests/run", "# runs every test, this one too"),
];

/// A folder in which a page is followed.
pub(super) struct Session {
    folder: tempfile::TempDir,
    /// Stands in for `cargo run --`, and brings `rutter`.
    tools: tempfile::TempDir,
    here: PathBuf,
}

impl Session {
    pub(super) fn start(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let (folder, tools) = (folder(), folder());
        write_files(folder.path(), files);
        let rutter = env!("CARGO_BIN_EXE_rutter");
        std::os::unix::fs::symlink(rutter, tools.path().join("rutter")).unwrap();
        let cargo = tools.path().join("cargo");
        let script = "#!/bin/sh\n[ \"$1 $2\" = 'run --' ] || { echo \"not run by the tests: cargo $*\"; exit 9; }\nshift 2\nexec rutter \"$@\"\n";
        std::fs::write(&cargo, script).unwrap();
        std::fs::set_permissions(&cargo, std::fs::Permissions::from_mode(0o755)).unwrap();
        let here = folder.path().to_owned();
        Self { folder, tools, here }
    }

    /// What lies in the site's folder, without what was built.
    pub(super) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = files_below(&self.here);
        files.retain(|path, _| !path.starts_with("public/"));
        files
    }

    /// Follows one block; returns what it should be, if its output differs from what the page says.
    pub(super) fn follow(&mut self, page: &Page, block: &Block) -> Option<String> {
        let place = page.place(block.range.start);
        match block.language.as_str() {
            "sh" => {
                self.run_script(&place, &block.text);
                None
            }
            "console" => self.run_commands(&place, &block.text),
            "yaml" | "toml" | "ftl" | "css" | "html" | "json" | "lua" => {
                self.write(&place, &block.text);
                None
            }
            other => panic!(
                "{place}: a block in `{other}` is followed by no test; write sh, console, yaml, toml, ftl, css, html, json or lua"
            ),
        }
    }

    fn shell(&self, script: &str) -> Output {
        let path = std::env::var("PATH").unwrap();
        Command::new("sh")
            .args(["-euc", script])
            .current_dir(&self.here)
            .env("PATH", format!("{}:{path}", self.tools.path().display()))
            .env("RUTTER", repository())
            .env("NO_COLOR", "1")
            .env("COLUMNS", "100")
            .output()
            .unwrap()
    }

    fn run_script(&mut self, place: &str, script: &str) {
        let (skipped, run): (Vec<_>, Vec<_>) = script.lines().partition(|line| is_marked(line));
        for line in skipped {
            assert!(is_listed(line), "{place}: `{line}` is marked, and no test knows why");
        }
        let output = self.shell(&run.join("\n"));
        assert!(output.status.success(), "{place}:\n{}", transcript(&output));
    }

    /// Lines after `$ ` are commands, those below what they print. `…` stands for anything, alone on
    /// a line for any lines.
    fn run_commands(&mut self, place: &str, text: &str) -> Option<String> {
        let mut steps: Vec<(String, String)> = Vec::new();
        for line in text.lines() {
            match (line.strip_prefix("$ "), steps.last_mut()) {
                (Some(command), _) => steps.push((command.to_owned(), String::new())),
                (None, Some((_, expected))) => expected.extend([line, "\n"]),
                (None, None) => panic!("{place}: a console block begins with `$ `"),
            }
        }
        let mut actual = String::new();
        let mut is_as_said = true;
        for (command, expected) in steps {
            let told = self.run_command(place, &command);
            let is_equal = matches(&expected, &told);
            is_as_said &= is_equal;
            let _ = write!(actual, "$ {command}\n{}", if is_equal { expected } else { told });
        }
        (!is_as_said).then_some(actual)
    }

    fn run_command(&mut self, place: &str, command: &str) -> String {
        if let Some(folder) = command.strip_prefix("cd ") {
            self.here = self.here.join(folder);
            assert!(self.here.is_dir(), "{place}: there is no folder {folder}");
            return String::new();
        }
        if is_marked(command) {
            assert!(is_listed(command), "{place}: `{command}` is marked, and no test knows why");
            return String::new();
        }
        let output = self.shell(&format!("exec 2>&1\n{command}"));
        assert!(output.status.code().is_some_and(|code| code < 2), "{place}: {command}\n{}", transcript(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The first line, a comment, says which file it is: `# content/…` the whole file, `# in content/…`
    /// part of it, `# from content/…` a quotation from this repository.
    fn write(&mut self, place: &str, text: &str) {
        let (head, body) = text.split_once('\n').unwrap_or((text, ""));
        let head = head.trim_matches(|c: char| c.is_whitespace() || "#/*{}<!->".contains(c)).trim();
        let (how, path) = head.split_once(' ').unwrap_or(("", head));
        assert!(path.contains('.') && !path.contains(' '), "{place}: the first line does not say which file it is");
        if how == "from" {
            let whole = std::fs::read_to_string(repository().join(path)).unwrap();
            assert!(whole.contains(body), "{place}: {path} does not hold these lines");
            return;
        }
        let file = self.here.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let text = match how {
            "" => text.to_owned(),
            "in" => {
                let whole = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{place}: {path}: {error}"));
                merge(&whole, body)
            }
            other => panic!("{place}: what does `{other}` mean before a path?"),
        };
        std::fs::write(file, text).unwrap();
    }

    /// At the end of a section nothing may be wrong.
    pub(super) fn expect_clean(&self, place: &str) {
        if !self.here.join("site.toml").exists() {
            return;
        }
        // A page shows texts, and need not say each time that somebody compares them.
        rutter(&self.here, &["accept", "--changed"]);
        let output = rutter(&self.here, &["check", "--deny", "warnings"]);
        assert!(
            output.status.success(),
            "{place}: the section leaves a site that is not clean\n{}",
            transcript(&output)
        );
        assert!(self.here.starts_with(self.folder.path()));
    }
}

fn is_marked(line: &str) -> bool {
    NOT_RUN.iter().any(|(_, mark)| line.contains(mark))
}

fn is_listed(line: &str) -> bool {
    NOT_RUN.iter().any(|(command, mark)| line.trim().starts_with(command) && line.trim().ends_with(mark))
}

/// Puts part of a file into it, map by map: what has the same key takes the place of the old, the
/// rest is added.
pub(super) fn merge(whole: &str, part: &str) -> String {
    let indent = |text: &str| {
        let mut written = text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
        written.next().map_or(0, |line| line.len() - line.trim_start().len())
    };
    let (mut keys, indent) = (split(whole, indent(whole)), indent(part));
    let mut replaced = BTreeSet::new();
    for (key, text) in split(part, indent) {
        // What the part says twice stands there twice.
        let is_first = replaced.insert(key.clone());
        let Some((_, old)) = keys.iter_mut().find(|(known, _)| *known == key && is_first) else {
            keys.push((key, text));
            continue;
        };
        let (head, body) = text.split_once('\n').unwrap();
        let is_map = head.trim_end().ends_with(':') && !body.trim_start().starts_with('-');
        *old = match old.split_once('\n') {
            Some((_, old)) if is_map && !old.is_empty() => format!("{head}\n{}", merge(old, body)),
            _ => text,
        };
    }
    keys.into_iter().map(|(_, text)| text).collect()
}

/// Splits lines into those that begin at an indentation, each with what is indented below it.
fn split(text: &str, indent: usize) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let is_head = line.len() - line.trim_start().len() == indent
            && !line.trim_start().starts_with('#')
            && !line.trim().is_empty();
        let key = line.trim().split([':', '=']).next().unwrap().trim().to_owned();
        match parts.last_mut() {
            Some((_, text)) if !is_head => text.extend([line, "\n"]),
            _ => parts.push((key, format!("{line}\n"))),
        }
    }
    parts
}

/// Whether a text is as expected, where `…` stands for anything within a line and, alone on a line,
/// for any lines.
fn matches(expected: &str, actual: &str) -> bool {
    fn lines(expected: &[&str], actual: &[&str]) -> bool {
        match (expected, actual) {
            ([], []) => true,
            (["…", rest @ ..], _) => (0..=actual.len()).any(|skip| lines(rest, &actual[skip..])),
            ([first, rest @ ..], [line, others @ ..]) => is_like(first, line) && lines(rest, others),
            _ => false,
        }
    }
    lines(&expected.lines().collect::<Vec<_>>(), &actual.lines().collect::<Vec<_>>())
}

fn is_like(pattern: &str, line: &str) -> bool {
    let parts: Vec<_> = pattern.split('…').collect();
    let [first, middle @ .., last] = parts.as_slice() else { return pattern == line };
    let Some(mut rest) = line.strip_prefix(first) else { return false };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[test]
fn what_a_page_leaves_open_matches_anything_and_nothing_else_does() {
    assert!(matches("public: … files\n", "public: 12 files\n"));
    assert!(!matches("public: … files\n", "private: 12 files\n"));
    assert!(!matches("public: … files\n", "public: 12 folders\n"));
    assert!(matches("a\n…\nd\n", "a\nb\nc\nd\n") && matches("a\n…\nd\n", "a\nd\n"));
    assert!(!matches("a\n", "a\nb\n") && !matches("a\nb\n", "a\n"));
}

#[test]
fn part_of_a_file_takes_the_place_of_what_has_its_id() {
    let whole = "name: A\nflows:\n  one:\n    to: x\n  two: { to: y }\nnotes: {}\n";
    assert_eq!(
        merge(whole, "name: B\nflows:\n  one:\n    from: y\n  two:\n    to: z\n  three: { to: x }\n"),
        "name: B\nflows:\n  one:\n    to: x\n    from: y\n  two:\n    to: z\n  three: { to: x }\nnotes: {}\n"
    );
}
