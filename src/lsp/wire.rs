//! Messages as they travel: JSON-RPC 2.0 behind a head that tells their length.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};

/// More is no text of a site: such a message is passed over.
const LONGEST_MESSAGE: u64 = 256 << 20;
/// A head has two lines.
const LONGEST_HEAD: u64 = 8 << 10;

/// Codes of errors, by the protocol's names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ErrorCode {
    ParseError,
    InvalidRequest,
    MethodNotFound,
    InvalidParams,
    InternalError,
    ServerNotInitialized,
    RequestCancelled,
    RequestFailed,
}

impl ErrorCode {
    fn number(self) -> i32 {
        match self {
            Self::ParseError => -32700,
            Self::InvalidRequest => -32600,
            Self::MethodNotFound => -32601,
            Self::InvalidParams => -32602,
            Self::InternalError => -32603,
            Self::ServerNotInitialized => -32002,
            Self::RequestCancelled => -32800,
            Self::RequestFailed => -32803,
        }
    }
}

/// Why a request has no result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct RpcError {
    pub(super) code: ErrorCode,
    pub(super) message: String,
}

impl RpcError {
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// What a client says.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Incoming {
    Request {
        id: Value,
        method: String,
        params: Value,
    },
    Notification {
        method: String,
        params: Value,
    },
    /// An answer to what it was asked.
    Response,
    /// No message, though its end was found.
    Malformed(RpcError),
}

/// Reads the next message; `None` at the end. An error leaves no place from which to read on.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = read_head(input)? else { return Ok(None) };
    if length > LONGEST_MESSAGE {
        io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        return Ok(Some(malformed(ErrorCode::InvalidRequest, "the message is too long")));
    }
    // Room is made as bytes come, whatever the head claims.
    let mut bytes = Vec::new();
    if input.by_ref().take(length).read_to_end(&mut bytes)? < length as usize {
        return Ok(None);
    }
    Ok(Some(match serde_json::from_slice(&bytes) {
        Ok(value) => sort(value),
        Err(error) => malformed(ErrorCode::ParseError, &format!("the message is no JSON: {error}")),
    }))
}

/// The length that a head tells.
fn read_head(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut head = input.by_ref().take(LONGEST_HEAD);
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if head.read_until(b'\n', &mut line)? == 0 {
            return if head.limit() == 0 { Err(invalid("the head of a message has no end")) } else { Ok(None) };
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            return length.map(Some).ok_or_else(|| invalid("the head of a message tells no length"));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            let value = value.trim().parse().map_err(|_| invalid("the length of a message is no number"))?;
            length = Some(value);
        }
    }
}

fn malformed(code: ErrorCode, message: &str) -> Incoming {
    Incoming::Malformed(RpcError::new(code, message))
}

fn sort(mut value: Value) -> Incoming {
    let Some(message) = value.as_object_mut() else {
        return malformed(ErrorCode::InvalidRequest, "a message is an object");
    };
    let params = message.remove("params").unwrap_or_default();
    let id = message.remove("id");
    match (message.remove("method"), id) {
        (Some(Value::String(method)), Some(id)) if id.is_string() || id.is_number() => {
            Incoming::Request { id, method, params }
        }
        (Some(Value::String(method)), None) => Incoming::Notification { method, params },
        (None, Some(_)) if message.contains_key("result") || message.contains_key("error") => Incoming::Response,
        _ => malformed(ErrorCode::InvalidRequest, "the message is no request, no notification and no response"),
    }
}

/// Answers a request; `id` is null where that could not be read.
pub(super) fn respond(out: &mut dyn Write, id: &Value, result: Result<Value, RpcError>) -> io::Result<()> {
    let message = match result {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(RpcError { code, message }) => {
            json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code.number(), "message": message } })
        }
    };
    send(out, &message)
}

/// Tells the client something.
pub(super) fn notify(out: &mut dyn Write, method: &str, params: &Value) -> io::Result<()> {
    send(out, &json!({ "jsonrpc": "2.0", "method": method, "params": params }))
}

/// Asks the client something; nobody waits for the answer.
pub(super) fn request(out: &mut dyn Write, id: &str, method: &str, params: &Value) -> io::Result<()> {
    send(out, &json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
}

fn send(out: &mut dyn Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(out, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Incoming> {
        let mut input = bytes;
        std::iter::from_fn(|| read(&mut input).unwrap()).collect()
    }

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    #[test]
    fn messages_are_told_apart() {
        let text = [
            r#"{"jsonrpc":"2.0","id":1,"method":"a","params":[1]}"#,
            r#"{"jsonrpc":"2.0","method":"b"}"#,
            r#"{"jsonrpc":"2.0","id":"x","result":null}"#,
        ];
        let found = all(text.map(framed).concat().as_bytes());
        let request = Incoming::Request { id: json!(1), method: "a".to_owned(), params: json!([1]) };
        let notification = Incoming::Notification { method: "b".to_owned(), params: Value::Null };
        assert_eq!(found, [request, notification, Incoming::Response]);
    }

    #[test]
    fn what_is_no_message_is_answered_and_the_next_one_read() {
        for wrong in ["{", "[]", "null", "7", "{}", r#"{"id":{},"method":"a"}"#, r#"{"method":7}"#, "\u{fffd}"] {
            let found = all((framed(wrong) + &framed(r#"{"method":"b"}"#)).as_bytes());
            assert!(matches!(found.as_slice(), [Incoming::Malformed(_), Incoming::Notification { .. }]), "{wrong}");
        }
        let deep = "[".repeat(100_000);
        assert!(matches!(all(framed(&deep).as_bytes()).as_slice(), [Incoming::Malformed(_)]));
    }

    #[test]
    fn no_room_is_made_for_a_length_that_is_only_claimed() {
        assert!(all(b"Content-Length: 200000000\r\n\r\n{}").is_empty());
        assert!(matches!(all(b"Content-Length: 18446744073709551615\r\n\r\n{}").as_slice(), [Incoming::Malformed(_)]));
    }

    #[test]
    fn a_head_without_a_length_is_an_error() {
        for head in ["\r\n{}", "Content-Length: x\r\n\r\n", "Content-Type: a\r\n\r\n", &"x".repeat(10_000)] {
            assert!(read(&mut head.as_bytes()).is_err(), "{head:.20}");
        }
    }
}
