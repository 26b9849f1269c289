//! Files of a site as answers: their kinds, and the script that keeps an open page fresh.

use super::http::Answer;
use crate::site::{Modules, join};

/// Where the preview's own files are: no locale and no folder of a site begins with a dot.
pub(super) const SCRIPT: &str = ".rutter/live.js";
pub(super) const EVENTS: &str = ".rutter/events";

const LIVE: [(&str, &str); 4] = [
    ("live/main.mjs", include_str!("live/main.mjs")),
    ("live/page.mjs", include_str!("live/page.mjs")),
    ("live/panel.mjs", include_str!("live/panel.mjs")),
    ("live/place.mjs", include_str!("live/place.mjs")),
];
const TAG: &str = include_str!("live.html");
const BROKEN: &str = include_str!("broken.html");

const HTML: &str = "text/html; charset=utf-8";

/// A file of the site.
pub(super) fn file(path: &str, status: &'static str, bytes: Vec<u8>, generation: u64) -> Answer {
    let kind = kind(path);
    let body = if kind == HTML { with_script(&bytes, status, generation) } else { bytes };
    Answer { status, kind, location: None, is_lasting: has_fingerprint(path), body }
}

/// Whether the name of a file changes with its content: eight hexadecimal digits before its extension.
fn has_fingerprint(path: &str) -> bool {
    let mut parts = path.rsplit('.').skip(1);
    let is_hash = |part: &str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    path.starts_with("assets/") && parts.next().is_some_and(is_hash)
}

/// The script stands before a page's policy, which would allow it on most pages and not on all.
fn with_script(bytes: &[u8], status: &str, generation: u64) -> Vec<u8> {
    const HEAD: &[u8] = b"<head>";
    let tag =
        TAG.trim_end().replace("GENERATION", &generation.to_string()).replace("STATUS", &status[..3]).into_bytes();
    let head = bytes.windows(HEAD.len()).position(|window| window == HEAD);
    let at = head.map_or(bytes.len(), |head| head + HEAD.len());
    [&bytes[..at], &tag, &bytes[at..]].concat()
}

/// A page is a folder.
pub(super) fn moved(permalink: &str) -> Answer {
    let location = Some(format!("/{}", encode(permalink)));
    Answer { status: "301 Moved Permanently", kind: "text/plain", location, is_lasting: false, body: Vec::new() }
}

fn encode(permalink: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    permalink.bytes().map(byte).collect()
}

/// In place of a page that can't be shown; the script on it says why, and brings the page when it can.
pub(super) fn broken(generation: u64) -> Answer {
    let status = "500 Internal Server Error";
    let body = with_script(BROKEN.as_bytes(), status, generation);
    Answer { status, kind: HTML, location: None, is_lasting: false, body }
}

/// The script itself.
pub(super) fn script() -> Answer {
    let body = join("live", &Modules::from(LIVE)).into_bytes();
    Answer { status: "200 OK", kind: kind(SCRIPT), location: None, is_lasting: false, body }
}

fn kind(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "xml" => "application/xml",
        "csv" => "text/csv; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "txt" | "mmd" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
