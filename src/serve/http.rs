//! As much of HTTP/1.1 (RFC 9112) as a browser asks of a preview: `GET` and `HEAD` without a body, one
//! answer after the other on a connection.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use super::address::{self, Permalink};

/// Longer addresses have no page behind them.
const LONGEST_TARGET: usize = 8 * 1024;
/// What a browser says of itself fits in here several times.
const LONGEST_HEAD: usize = 32 * 1024;
const MOST_HEADERS: usize = 64;
/// Between two requests of a connection, and for a whole head.
const PATIENCE: Duration = Duration::from_secs(15);
/// How much of a refused request is read, so that its sender gets to read the refusal.
const MOST_REFUSED: usize = 4 * 1024 * 1024;

/// What a browser asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) permalink: Permalink,
    /// A script with a version behind its name never changes.
    pub(super) has_version: bool,
    pub(super) is_head: bool,
    pub(super) is_last: bool,
}

/// What is not answered, and why.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: &'static str,
    pub(super) why: String,
}

impl Refusal {
    pub(super) fn new(status: &'static str, why: impl Into<String>) -> Self {
        Self { status, why: why.into() }
    }
}

/// An answer in full.
pub(super) struct Answer {
    pub(super) status: &'static str,
    pub(super) kind: &'static str,
    pub(super) location: Option<String>,
    /// Whether a browser may keep it for good.
    pub(super) is_lasting: bool,
    pub(super) body: Vec<u8>,
}

/// A connection and what has come of the next request.
pub(super) struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self { stream, read: Vec::new() })
    }

    /// The next request; `None`: there is none, or half of one.
    pub(super) fn next(&mut self, is_ours: impl Fn(&str) -> bool) -> io::Result<Option<Result<Request, Refusal>>> {
        let started = Instant::now();
        loop {
            if let Some(read) = parse(&self.read, &is_ours) {
                return Ok(Some(read.map(|(request, length)| {
                    self.read.drain(..length);
                    request
                })));
            }
            let Some(left) = PATIENCE.checked_sub(started.elapsed()).filter(|left| !left.is_zero()) else {
                return Ok(None);
            };
            self.stream.set_read_timeout(Some(left))?;
            let mut chunk = [0; 4096];
            match self.stream.read(&mut chunk) {
                Ok(0) => return Ok(None),
                Ok(count) => self.read.extend_from_slice(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    pub(super) fn answer(&mut self, answer: &Answer, is_head: bool, is_last: bool) -> io::Result<()> {
        let cache = if answer.is_lasting { "max-age=31536000, immutable" } else { "no-store" };
        let location = answer.location.as_ref().map_or_else(String::new, |to| format!("location: {to}\r\n"));
        let end = if is_last { "connection: close\r\n" } else { "" };
        let mut message = format!(
            "HTTP/1.1 {}\r\ncontent-type: {}\r\ncontent-length: {}\r\ncache-control: {cache}\r\n{location}{end}{GUARDS}\r\n",
            answer.status,
            answer.kind,
            answer.body.len()
        )
        .into_bytes();
        if !is_head {
            message.extend_from_slice(&answer.body);
        }
        self.stream.write_all(&message)
    }

    /// Says no and hangs up.
    pub(super) fn refuse(mut self, refusal: &Refusal) -> io::Result<()> {
        let Refusal { status, why } = refusal;
        let allow = if status.starts_with("405") { "allow: GET, HEAD\r\n" } else { "" };
        write!(
            self.stream,
            "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {}\r\n{allow}connection: close\r\n{GUARDS}\r\n{why}\n",
            why.len() + 1
        )?;
        self.stream.shutdown(Shutdown::Write)?;
        // A connection closed on words that nobody has read takes the answer with it.
        self.stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        io::copy(&mut (&self.stream).take(MOST_REFUSED as u64), &mut io::sink()).map(|_| ())
    }

    /// The head of an answer that goes on as long as somebody listens (server-sent events, HTML standard).
    pub(super) fn begin_events(mut self) -> io::Result<TcpStream> {
        write!(
            self.stream,
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-store\r\nconnection: close\r\n{GUARDS}\r\n"
        )?;
        Ok(self.stream)
    }
}

/// Nobody else's pages may read a preview, or show it in a frame.
const GUARDS: &str =
    "x-content-type-options: nosniff\r\ncross-origin-resource-policy: same-origin\r\nx-frame-options: SAMEORIGIN\r\n";

/// A request and its length; `None`: it is not all there yet.
fn parse(read: &[u8], is_ours: &impl Fn(&str) -> bool) -> Option<Result<(Request, usize), Refusal>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let parsed = request.parse(read);
    if let Some(refusal) = too_long(read, &parsed) {
        return Some(Err(refusal));
    }
    match parsed {
        Ok(httparse::Status::Partial) => None,
        Ok(httparse::Status::Complete(length)) => Some(accept(&request, is_ours).map(|request| (request, length))),
        Err(httparse::Error::TooManyHeaders) => Some(Err(Refusal::new(TOO_LARGE, "the request has too many headers"))),
        Err(error) => Some(Err(Refusal::new(BAD, format!("the request can't be read: {error}")))),
    }
}

const BAD: &str = "400 Bad Request";
const TOO_LARGE: &str = "431 Request Header Fields Too Large";

fn too_long(read: &[u8], parsed: &Result<httparse::Status<usize>, httparse::Error>) -> Option<Refusal> {
    let line = read.iter().position(|byte| *byte == b'\n').unwrap_or(read.len());
    if line > LONGEST_TARGET {
        let why = format!("the address is longer than {LONGEST_TARGET} bytes");
        return Some(Refusal::new("414 URI Too Long", why));
    }
    let length = match parsed {
        Ok(httparse::Status::Complete(length)) => *length,
        _ => read.len(),
    };
    (length > LONGEST_HEAD).then(|| Refusal::new(TOO_LARGE, "the head of the request is too long"))
}

fn accept(request: &httparse::Request<'_, '_>, is_ours: &impl Fn(&str) -> bool) -> Result<Request, Refusal> {
    let values = |name: &str| -> Vec<&[u8]> {
        request
            .headers
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case(name))
            .map(|header| header.value)
            .collect()
    };
    // The host first: whoever comes by another name gets to know nothing else.
    let hosts = values("host");
    let host = match hosts.as_slice() {
        [host] => std::str::from_utf8(host).unwrap_or_default(),
        _ => return Err(Refusal::new(BAD, "a request names one host")),
    };
    if !is_ours(host) {
        let why = "this preview answers to the name of its own machine only; open the address that `rutter serve` has printed";
        return Err(Refusal::new("403 Forbidden", why));
    }
    let is_head = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Refusal::new("405 Method Not Allowed", "a preview is read and nothing else")),
    };
    let has_body =
        values("content-length").iter().any(|length| *length != b"0") || !values("transfer-encoding").is_empty();
    if has_body {
        return Err(Refusal::new(BAD, "a request for a page has no body"));
    }
    let target = request.path.unwrap_or_default();
    let permalink = address::permalink(target).map_err(|why| Refusal::new(BAD, why))?;
    let is_last = request.version == Some(0)
        || values("connection").iter().any(|value| value.to_ascii_lowercase().windows(5).any(|word| word == b"close"));
    Ok(Request { permalink, has_version: target.contains('?'), is_head, is_last })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Result<(Request, usize), Refusal>> {
        parse(text.as_bytes(), &|host: &str| host == "localhost:1")
    }

    fn status(text: &str) -> &'static str {
        read(text).unwrap().unwrap_err().status
    }

    #[test]
    fn a_request_is_read_when_all_of_it_is_there() {
        let text = "GET /en/?1 HTTP/1.1\r\nHost: localhost:1\r\n\r\n";
        for end in 0..text.len() {
            assert_eq!(read(&text[..end]), None, "{end}");
        }
        let (request, length) = read(&format!("{text}GET /")).unwrap().unwrap();
        assert_eq!((request.permalink.as_str(), request.has_version, length), ("en/", true, text.len()));
        assert!(!request.is_last && !request.is_head);
    }

    #[test]
    fn what_no_browser_says_is_refused() {
        assert_eq!(status("GET / HTTP/1.1\r\n\r\n"), BAD);
        assert_eq!(status("GET / HTTP/1.1\r\nHost: localhost:1\r\nHost: localhost:1\r\n\r\n"), BAD);
        assert_eq!(status("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"), "403 Forbidden");
        assert_eq!(status("POST / HTTP/1.1\r\nHost: localhost:1\r\n\r\n"), "405 Method Not Allowed");
        assert_eq!(status("GET / HTTP/1.1\r\nHost: localhost:1\r\nContent-Length: 3\r\n\r\nabc"), BAD);
        assert_eq!(status("\u{16}\u{3}\u{1}\u{2}\r\n"), BAD);
        assert_eq!(status(&format!("GET /{}", "a".repeat(10_000))), "414 URI Too Long");
        assert_eq!(status(&format!("GET / HTTP/1.1\r\nx: {}", "a".repeat(40_000))), TOO_LARGE);
    }
}
