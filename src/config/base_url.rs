//! `base_url`: what a writer pastes → the one form in which it is put before every permalink. What
//! has one meaning is brought into that form; what has none, or would be published by mistake, is
//! refused with the next step.

use std::fmt::Write as _;

use std::net::{Ipv4Addr, Ipv6Addr};

use unicode_normalization::UnicodeNormalization;

/// Why a text is no base URL, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// What is wrong, without the address itself.
    pub why: String,
    /// The next step.
    pub help: String,
}

fn refused(why: &str, help: impl Into<String>) -> Refused {
    Refused { why: why.to_owned(), help: help.into() }
}

/// The address at which a site stands, as `scheme://host/path/`: scheme and host in lower case, without
/// the scheme's own port, the path percent-encoded (RFC 3986, section 6.2.2), without dots, doubled
/// slashes and the name of the folder's index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Reads an address as it is pasted.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        normalize(text).map(Self)
    }

    /// As it is put before a permalink.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it leads every reader to their own computer.
    pub(super) fn is_own_computer(&self) -> bool {
        is_own_computer(&self.0)
    }
}

fn normalize(text: &str) -> Result<String, Refused> {
    let text = text.trim();
    let (scheme, rest) = split_scheme(text)?;
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if path.contains('\\') {
        return Err(refused("has a backslash", format!("write `{scheme}://{authority}{}`", path.replace('\\', "/"))));
    }
    for (sign, what) in [('?', "a query"), ('#', "a fragment")] {
        if let Some(at) = path.find(sign) {
            let help = format!("pages are added to it; write `{scheme}://{authority}{}`", &path[..at]);
            return Err(refused(&format!("has {what}, behind which no page can stand"), help));
        }
    }
    let host = host(&scheme, authority)?;
    Ok(format!("{scheme}://{host}/{}", folders(path)?))
}

fn is_own_computer(url: &str) -> bool {
    let authority = url.split('/').nth(2).unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    OWN_NAMES.contains(&host)
        || host.ends_with(".localhost")
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback() || address.is_unspecified())
        || host.parse::<Ipv6Addr>().is_ok_and(|address| {
            let mapped = address.to_ipv4_mapped().is_some_and(|mapped| mapped.is_loopback());
            address.is_loopback() || address.is_unspecified() || mapped
        })
}

/// The names that the `hosts` files of common systems give the computer itself.
const OWN_NAMES: &[&str] = &[
    "localhost",
    "localhost4",
    "localhost6",
    "localhost.localdomain",
    "localhost4.localdomain4",
    "localhost6.localdomain6",
    "ip6-localhost",
    "ip6-loopback",
];

fn split_scheme(text: &str) -> Result<(String, &str), Refused> {
    let Some((scheme, rest)) = text.split_once("://") else {
        let bare = text.trim_start_matches('/');
        let bare = bare.strip_prefix("https:").or(bare.strip_prefix("http:")).unwrap_or(bare);
        return Err(refused(
            "does not begin with `https://`",
            format!("write `https://{}`", bare.trim_start_matches('/')),
        ));
    };
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "https" && scheme != "http" {
        return Err(refused(
            "is no web address",
            format!("browsers read the site by `https://`, not by `{scheme}://`"),
        ));
    }
    Ok((scheme, rest))
}

/// Host and port as they stand in every address of the site.
fn host(scheme: &str, authority: &str) -> Result<String, Refused> {
    if authority.contains('@') {
        let host = authority.rsplit('@').next().unwrap_or_default();
        let help = format!("it would stand in every page; write `{scheme}://{host}/`");
        return Err(refused("has the name or password of a user", help));
    }
    let (name, port) = match authority.rfind(']') {
        Some(end) => (&authority[..=end], authority[end + 1..].strip_prefix(':')),
        None => authority.split_once(':').map_or((authority, None), |(name, port)| (name, Some(port))),
    };
    if name.is_empty() {
        return Err(refused("names no host", "write `https://`, the host and the path"));
    }
    let name = name.to_lowercase();
    let name = name.strip_suffix('.').unwrap_or(&name);
    check_host(scheme, name)?;
    let Some(port) = port.filter(|port| !port.is_empty()) else { return Ok(name.to_owned()) };
    let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
    let number = port.parse::<u16>().ok().filter(|number| is_number && *number != 0);
    let number = number
        .ok_or_else(|| refused(&format!("has the port `{port}`"), "a port is a number from 1 to 65535, or left out"))?;
    let is_usual = matches!((scheme, number), ("https", 443) | ("http", 80));
    Ok(if is_usual { name.to_owned() } else { format!("{name}:{number}") })
}

/// A host name (RFC 1123; underscores exist), an address, or an error that says which.
fn check_host(scheme: &str, name: &str) -> Result<(), Refused> {
    if let Some(address) = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return match address.parse::<Ipv6Addr>() {
            Ok(_) => Ok(()),
            Err(_) => {
                Err(refused(&format!("has no IPv6 address in `{name}`"), "write it as in `https://[2001:db8::1]/`"))
            }
        };
    }
    if !name.is_ascii() {
        let ascii = punycode_host(name);
        let help = format!("write the ASCII form that browsers send, `{scheme}://{ascii}/`, after trying it in one");
        return Err(refused(&format!("has the host `{name}`, which is not ASCII"), help));
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    // A name whose last label is a number is read as an address (WHATWG URL, host parsing).
    let ends_in_number = name.rsplit('.').next().is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    if ends_in_number && name.parse::<Ipv4Addr>().is_err() {
        return Err(refused(&format!("has no IPv4 address in `{name}`"), "write four numbers from 0 to 255"));
    }
    if name.len() > 253 || !name.split('.').all(is_label) {
        let help = "a host holds letters, digits and hyphens between dots, as in `docs.example.com`";
        return Err(refused(&format!("has the host `{name}`"), help));
    }
    Ok(())
}

/// The folders of a path, each with a slash behind it.
fn folders(path: &str) -> Result<String, Refused> {
    let mut folders: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(folders.pop()),
            part => folders.push(part),
        }
    }
    // The name under which servers keep what they show for a folder.
    let is_index = |name: &&str| ["index.html", "index.htm"].iter().any(|index| name.eq_ignore_ascii_case(index));
    if !path.ends_with('/') && folders.last().is_some_and(is_index) {
        folders.pop();
    }
    let mut encoded = String::new();
    for folder in folders {
        encode(folder, &mut encoded)?;
        encoded.push('/');
    }
    Ok(encoded)
}

/// What a path may hold stands for itself (RFC 3986, `pchar`), all else as its bytes.
fn encode(folder: &str, out: &mut String) -> Result<(), Refused> {
    let bytes = folder.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'%' if !bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) => {
                let help = "a percent sign stands before two hexadecimal digits; itself it is `%25`";
                return Err(refused(&format!("has a lone `%` in `{folder}`"), help));
            }
            b'%' => out.push('%'),
            byte if byte.is_ascii_control() => {
                return Err(refused("has a control character", "remove it, or write the address anew"));
            }
            byte if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(byte) => out.push(char::from(*byte)),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    Ok(())
}

/// A host as it is sent: each label that needs it behind `xn--`. A proposal for a person to try, so
/// it folds as far as NFKC and lower case do and leaves the exceptions of UTS 46 to browsers.
fn punycode_host(name: &str) -> String {
    let folded: String = name.nfkc().flat_map(char::to_lowercase).collect();
    let label = |label: &str| if label.is_ascii() { label.to_owned() } else { format!("xn--{}", punycode(label)) };
    folded.split(['.', '\u{3002}']).map(label).collect::<Vec<_>>().join(".")
}

/// RFC 3492, section 6.3, with the parameters of section 5.
fn punycode(label: &str) -> String {
    const BASE: u32 = 36;
    let digit = |value: u32| char::from(if value < 26 { b'a' + value as u8 } else { b'0' + (value - 26) as u8 });
    let threshold = |k: u32, bias: u32| k.saturating_sub(bias).clamp(1, 26);
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    if basic > 0 {
        out.push('-');
    }
    let (mut code, mut delta, mut bias, mut done) = (128_u32, 0_u32, 72_u32, basic);
    let total = label.chars().count() as u32;
    while done < total {
        let Some(next) = label.chars().map(u32::from).filter(|c| *c >= code).min() else { break };
        delta += (next - code) * (done + 1);
        code = next;
        for c in label.chars().map(u32::from) {
            if c < code {
                delta += 1;
            }
            if c != code {
                continue;
            }
            let mut rest = delta;
            for k in (BASE..).step_by(BASE as usize) {
                let t = threshold(k, bias);
                if rest < t {
                    break;
                }
                out.push(digit(t + (rest - t) % (BASE - t)));
                rest = (rest - t) / (BASE - t);
            }
            out.push(digit(rest));
            bias = adapt(delta, done + 1, done == basic);
            delta = 0;
            done += 1;
        }
        delta += 1;
        code += 1;
    }
    out
}

/// RFC 3492, section 6.1.
fn adapt(delta: u32, points: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_one_meaning_gets_one_form() {
        for (written, expected) in [
            ("https://example.org", "https://example.org/"),
            (" HTTPS://Docs.Example.ORG/Ports ", "https://docs.example.org/Ports/"),
            ("https://example.org:443/a", "https://example.org/a/"),
            ("http://example.org:8080", "http://example.org:8080/"),
            ("https://example.org./", "https://example.org/"),
            ("https://example.org//a///b/", "https://example.org/a/b/"),
            ("https://example.org/a/index.html", "https://example.org/a/"),
            ("https://example.org/index.html", "https://example.org/"),
            ("https://example.org/v/INDEX.HTML", "https://example.org/v/"),
            ("https://example.org/v/Index.htm", "https://example.org/v/"),
            ("https://example.org/index.html/", "https://example.org/index.html/"),
            ("https://example.org/a/./../b", "https://example.org/b/"),
            ("https://example.org/ポート/ä b", "https://example.org/%E3%83%9D%E3%83%BC%E3%83%88/%C3%A4%20b/"),
            ("https://example.org/%e3%83%9D/~me", "https://example.org/%e3%83%9D/~me/"),
            ("https://[2001:DB8::1]:444/x", "https://[2001:db8::1]:444/x/"),
            ("https://192.0.2.7/", "https://192.0.2.7/"),
            ("http://intranet/ports", "http://intranet/ports/"),
            ("http://localhost:8000", "http://localhost:8000/"),
        ] {
            assert_eq!(normalize(written).as_deref(), Ok(expected), "{written}");
            assert_eq!(normalize(expected).as_deref(), Ok(expected), "{expected} is not in its own form");
        }
    }

    #[test]
    fn what_has_none_is_refused_with_the_next_step() {
        for (written, why, help) in [
            ("example.org/docs", "does not begin with `https://`", "`https://example.org/docs`"),
            ("//example.org/docs", "does not begin with `https://`", "`https://example.org/docs`"),
            ("https:/example.org", "does not begin with `https://`", "`https://example.org`"),
            ("ftp://example.org/", "no web address", "not by `ftp://`"),
            ("https:///docs", "names no host", "the host"),
            ("https://me:secret@example.org/", "name or password", "`https://example.org/`"),
            ("https://example.org/?a=1", "a query", "`https://example.org/`"),
            ("https://example.org/a#b", "a fragment", "`https://example.org/a`"),
            ("https://example.org\\a", "a backslash", "`https://example.org/a`"),
            ("https://exa mple.org/", "the host `exa mple.org`", "letters, digits and hyphens"),
            ("https://-a.example/", "the host `-a.example`", "letters, digits and hyphens"),
            ("https://a..example/", "the host `a..example`", "letters, digits and hyphens"),
            ("https://1.2.3/", "no IPv4 address", "four numbers"),
            ("https://[::g]/", "no IPv6 address", "2001:db8"),
            ("https://example.org:0/", "the port `0`", "1 to 65535"),
            ("https://example.org:https/", "the port `https`", "1 to 65535"),
            ("https://example.org/100%", "a lone `%`", "`%25`"),
            ("https://例え.テスト/", "not ASCII", "`https://xn--r8jz45g.xn--zckzah/`"),
            ("https://Bücher.example/", "not ASCII", "`https://xn--bcher-kva.example/`"),
        ] {
            let refused = normalize(written).expect_err(written);
            assert!(refused.why.contains(why) && refused.help.contains(help), "{written}: {refused:?}");
            assert!(!refused.why.contains("secret") && !refused.help.contains("secret"));
        }
    }

    #[test]
    fn punycode_writes_the_samples_of_its_rfc() {
        // RFC 3492, section 7.1: (A), (C), (I), (L).
        for (label, expected) in [
            ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
            ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"),
            ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
            ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
        ] {
            assert_eq!(punycode(label), expected);
        }
    }

    #[test]
    fn the_reader_s_own_computer_is_known() {
        for (url, expected) in [
            ("http://localhost:8000/", true),
            ("http://docs.localhost/", true),
            ("https://127.0.0.1/x/", true),
            ("https://0.0.0.0/", true),
            ("https://[::1]:80/", true),
            ("https://[::ffff:127.0.0.1]/", true),
            ("https://localhost.localdomain/", true),
            ("https://localhost6.localdomain6:8080/", true),
            ("https://docs.localdomain/", false),
            ("https://localhost.example/", false),
            ("https://192.168.1.1/", false),
        ] {
            assert_eq!(is_own_computer(url), expected, "{url}");
        }
    }
}
