//! What the tests share: reading cases, building sites in memory, running the command.

pub(crate) mod peer;
#[cfg(feature = "serve")]
pub(crate) mod preview;
pub(crate) mod workbook;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use camino::Utf8PathBuf;
use rutter::Site;
use rutter::inside::render::{RenderCache, RenderOptions, Renderer};
use rutter::inside::source::Sources;

/// The folder of the repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// How many cases a test takes: so many drawn ones, and so many more under `tests/run --all`.
pub(crate) fn amount<T>(drawn: T, whole: T) -> T {
    if std::env::var_os("RUTTER_TESTS_ALL").is_some() { whole } else { drawn }
}

/// All files below a folder: path with `/` → bytes.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(path, std::fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// What a build has written to a folder. Of the marker its first line: the second tells this folder from
/// every other one.
pub(crate) fn written_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = files_below(folder);
    if let Some(marker) = files.get_mut(".rutter") {
        let line = marker.iter().position(|byte| *byte == b'\n').map_or(marker.len(), |end| end + 1);
        marker.truncate(line);
    }
    files
}

/// The inputs of a site, without what is written beside them.
pub(crate) fn site_files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let is_input = |path: &str| {
        path == "site.toml" || ["content/", "i18n/", "theme/", "static/"].iter().any(|folder| path.starts_with(folder))
    };
    let mut files = BTreeMap::new();
    for folder in ["content", "i18n", "theme", "static"].iter().filter(|folder| root.join(folder).is_dir()) {
        files.extend(
            files_below(&root.join(folder)).into_iter().map(|(path, bytes)| (format!("{folder}/{path}"), bytes)),
        );
    }
    files.insert("site.toml".to_owned(), std::fs::read(root.join("site.toml")).unwrap());
    files.retain(|path, _| is_input(path));
    files
}

/// The real content of this repository.
pub(crate) fn real_files() -> BTreeMap<String, Vec<u8>> {
    site_files(&repository())
}

/// Sources from memory.
pub(crate) fn sources(files: &BTreeMap<String, Vec<u8>>) -> Sources {
    Sources::from_files(files.iter().map(|(path, bytes)| (Utf8PathBuf::from(path), bytes.clone())).collect())
}

/// A site whose structure must hold.
pub(crate) fn load(files: &BTreeMap<String, Vec<u8>>) -> Site {
    let sources = sources(files);
    let loaded = rutter::load(&sources);
    loaded.value.unwrap_or_else(|| panic!("{}", text(&sources, &loaded.diagnostics)))
}

/// Diagnostics as people see them.
pub(crate) fn text(sources: &Sources, diagnostics: &[rutter::Diagnostic]) -> String {
    let mut out = Vec::new();
    rutter::report::write_text(&mut out, sources, diagnostics, rutter::report::Style::Plain).unwrap();
    String::from_utf8(out).unwrap()
}

/// Every file of the finished site.
pub(crate) fn render(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let renderer = Renderer::new(site, RenderOptions::default()).unwrap();
    render_all(&renderer)
}

/// Every file that a renderer knows.
pub(crate) fn render_all(renderer: &Renderer<'_>) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for bundle in renderer.bundles() {
        let mut cache = RenderCache::default();
        for route in bundle.routes(renderer) {
            let path = renderer.file(route).into_string();
            let bytes = rutter::inside::render::render(renderer, &mut cache, route).unwrap();
            assert!(files.insert(path, bytes).is_none(), "{route:?} is written twice");
        }
    }
    files
}

/// A change of the theme's looks changes the names of its assets and no page.
pub(crate) fn without_fingerprints(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("assets/") {
        let (before, link) = rest.split_at(at);
        out.push_str(before);
        let end = link.find('"').unwrap_or(link.len());
        let parts: Vec<_> = link[..end].split('.').collect();
        match parts.as_slice() {
            [stem, hash, extension] if hash.len() == 8 => out.extend([stem, ".HASH.", extension]),
            _ => out.push_str(&link[..end]),
        }
        rest = &link[end..];
    }
    out.push_str(rest);
    out
}

/// One file of the data, parsed.
pub(crate) fn api(files: &BTreeMap<String, Vec<u8>>, name: &str) -> serde_json::Value {
    serde_json::from_slice(&files[&format!("api/v1/{name}.json")]).unwrap()
}

/// A folder that goes when the test ends.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Writes files below a folder.
pub(crate) fn write_files(root: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        let file = root.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

/// The smallest site there is, in English.
pub(crate) fn small_site() -> BTreeMap<String, Vec<u8>> {
    site_files(&repository().join("tests/diagnostics/_base"))
}

/// A site of many small products: hundreds of files, written in a fraction of a second.
pub(crate) fn many_products(count: usize) -> BTreeMap<String, Vec<u8>> {
    let mut files = small_site();
    let product = files["content/products/small.yaml"].clone();
    files.extend((0..count).map(|number| (format!("content/products/small-{number}.yaml"), product.clone())));
    files
}

/// Names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Runs the command in a folder.
pub(crate) fn rutter(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rutter"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .output()
        .unwrap()
}

/// Output, errors and exit status as one text, for expectations.
pub(crate) fn transcript(output: &Output) -> String {
    let status = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    let part = |name: &str, bytes: &[u8]| {
        if bytes.is_empty() { String::new() } else { format!("--- {name}\n{}", String::from_utf8_lossy(bytes)) }
    };
    format!("{}{}--- exit {status}\n", part("stdout", &output.stdout), part("stderr", &output.stderr))
}

/// Compares with an expected file; `SNAPSHOTS=overwrite` blesses it.
pub(crate) fn expect(actual: String, path: &Path) {
    snapbox::Assert::new()
        .action_env("SNAPSHOTS")
        .normalize_paths(false)
        .eq(actual, snapbox::Data::read_from(path, Some(snapbox::data::DataFormat::Text)).raw());
}

/// Runs a script of the repository in node, with what it reads from standard input, and returns what
/// it prints. `tests/run` installs node and what the scripts need.
pub(crate) fn node(script: &str, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new("node")
        .arg(repository().join(script))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("node does not start ({error}); tests/run installs it"));
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // Written beside reading, so that neither pipe fills up while the other waits.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // A script that stops early has said why on standard error.
    let _ = writer.join().unwrap();
    assert!(output.status.success(), "{script} failed");
    output.stdout
}
