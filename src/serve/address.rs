//! Which addresses are ours: hosts by which a preview may be called, and paths that may name a page.

use std::net::IpAddr;

/// A path below the root as a page is known by: decoded, without the slash in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Permalink(String);

impl Permalink {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads the target of a request. What no page is called is refused, although nothing here is looked up
/// on a disk: a path that climbs is no mistake of a reader.
pub(super) fn permalink(target: &str) -> Result<Permalink, &'static str> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_prefix('/').ok_or("an address begins with a slash")?;
    let path = decode(path)?;
    if path.chars().any(|character| character.is_control() || character == '\\') {
        return Err("the address holds a character that no page is called by");
    }
    if path.split('/').any(|part| part == "." || part == "..") {
        return Err("the address climbs out of its folder");
    }
    Ok(Permalink(path))
}

/// Takes percent signs away (RFC 3986).
fn decode(path: &str) -> Result<String, &'static str> {
    let mut decoded = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let mut digit = || bytes.next().and_then(|digit| char::from(digit).to_digit(16));
        let (Some(high), Some(low)) = (digit(), digit()) else { return Err("two hexadecimal digits follow a `%`") };
        decoded.push((high * 16 + low) as u8);
    }
    String::from_utf8(decoded).map_err(|_| "the address is not UTF-8")
}

/// Whether a preview that listens at an address may be called by the name that a browser used. A page
/// elsewhere can make its own name lead here (DNS rebinding), but no name ends in an address, and nobody
/// else's ends in `localhost` (RFC 6761).
pub(super) fn is_ours(host: &str, listens_at: IpAddr) -> bool {
    let Some(name) = without_port(host) else { return false };
    if name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost") {
        return true;
    }
    let literal = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    literal.parse::<IpAddr>().is_ok_and(|address| !listens_at.is_loopback() || address.is_loopback())
}

fn without_port(host: &str) -> Option<&str> {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, port),
        _ => (host, ""),
    };
    port.bytes().all(|byte| byte.is_ascii_digit()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_and_may_not_climb() {
        for (target, expected) in
            [("/", ""), ("/en/a/?x=..", "en/a/"), ("/a%20b.txt", "a b.txt"), ("/%E6%97%A5/", "日/")]
        {
            assert_eq!(permalink(target).map(|link| link.0), Ok(expected.to_owned()));
        }
        for target in [
            "",
            "*",
            "http://localhost/",
            "/../etc/passwd",
            "/en/%2e%2e/x",
            "/en/.%2E",
            "/./",
            "/a%00",
            "/a%",
            "/a%4",
            "/a%zz",
            "/%ff",
            "/..%5c",
            "/a%0d%0ab",
            "/%2e%2e%2fetc/passwd",
        ] {
            assert!(permalink(target).is_err(), "{target}");
        }
    }

    #[test]
    fn only_names_of_this_machine_are_ours() {
        let loopback: IpAddr = [127, 0, 0, 1].into();
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:4480", "[::1]:4480", "[::1]", "x.localhost:1", "127.9.9.9"]
        {
            assert!(is_ours(host, loopback), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "192.168.0.1",
            "127.0.0.1.nip.io:4480",
            "localhost:x",
            "::1x",
        ] {
            assert!(!is_ours(host, loopback), "{host}");
        }
        let everywhere: IpAddr = [0, 0, 0, 0].into();
        assert!(is_ours("192.168.0.1:4480", everywhere) && !is_ours("evil.example", everywhere));
    }
}
