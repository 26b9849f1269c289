//! Addresses of files as editors write them, and paths.

use std::fmt::Write as _;

use camino::Utf8PathBuf;

/// The path of a file on this machine.
pub(super) fn path_of(uri: &str) -> Option<Utf8PathBuf> {
    let (scheme, rest) = uri.split_once("://")?;
    let path = &rest[rest.find('/')?..];
    let host = &rest[..rest.len() - path.len()];
    if !scheme.eq_ignore_ascii_case("file") || !(host.is_empty() || host.eq_ignore_ascii_case("localhost")) {
        return None;
    }
    let path = decoded(path.split(['?', '#']).next()?)?;
    // `/C:/site` is `C:/site`.
    let has_drive = path.as_bytes().get(2) == Some(&b':') && path.as_bytes()[1].is_ascii_alphabetic();
    Some(if has_drive { path[1..].into() } else { path.into() })
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|c| c.is_ascii_hexdigit()))?);
        rest = &rest[2..];
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))
}

/// The address of a file by its absolute path.
pub(super) fn uri_of(path: &camino::Utf8Path) -> String {
    let path = path.as_str().replace('\\', "/");
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:@!$&'()*+,;=".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_from_its_address() {
        for path in ["/site/content/products/a.yaml", "/äöü/日本 語/100%/#x?y", "C:/site/a.yaml"] {
            assert_eq!(path_of(&uri_of(path.into())).as_deref(), Some(path.into()), "{path}");
        }
        assert_eq!(path_of("file:///c%3A/a%20b").as_deref(), Some("c:/a b".into()));
        assert_eq!(path_of("FILE://localhost/a").as_deref(), Some("/a".into()));
    }

    #[test]
    fn what_names_no_file_of_this_machine_has_no_path() {
        for uri in [
            "",
            "untitled:Untitled-1",
            "http://a/b",
            "file://elsewhere/a",
            "file:///%zz",
            "file:///%",
            "file:///%ff",
            "file:///a%00b",
            "file:///%+1",
        ] {
            assert_eq!(path_of(uri), None, "{uri}");
        }
    }
}
