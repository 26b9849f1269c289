//! `WebDriver BiDi`, as far as the tests speak it: one command at a time, events kept for later.

use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// A page of ours needs tens of milliseconds; a machine with something else to do, some seconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection to a browser.
pub(crate) struct Bidi {
    socket: WebSocket<TcpStream>,
    last: u64,
    events: Vec<Event>,
}

/// What the browser tells unasked.
pub(crate) struct Event {
    pub(crate) method: String,
    pub(crate) params: Value,
}

impl Bidi {
    pub(crate) fn connect(port: u16) -> Result<Self, String> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).map_err(|error| error.to_string())?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(|error| error.to_string())?;
        let (socket, _) = tungstenite::client(format!("ws://127.0.0.1:{port}/session"), stream)
            .map_err(|error| format!("its WebSocket does not open: {error}"))?;
        let mut bidi = Self { socket, last: 0, events: Vec::new() };
        bidi.call("session.new", &json!({ "capabilities": {} }))?;
        Ok(bidi)
    }

    /// Sends a command and waits for its answer. What went wrong names the command.
    pub(crate) fn call(&mut self, method: &str, params: &Value) -> Result<Value, String> {
        self.last += 1;
        let command = json!({ "id": self.last, "method": method, "params": params });
        self.socket.send(Message::text(command.to_string())).map_err(|error| format!("{method}: {error}"))?;
        let end = Instant::now() + PATIENCE;
        loop {
            let message = self.read(end).map_err(|error| format!("{method}: {error}"))?;
            if message["type"] == "event" {
                let Value::String(method) = &message["method"] else { continue };
                self.events.push(Event { method: method.clone(), params: message["params"].clone() });
            } else if message["id"] != self.last {
                // The answer to a command that was given up.
            } else if message["type"] == "success" {
                return Ok(message["result"].clone());
            } else {
                return Err(format!("{method}: {} ({})", message["message"], message["error"]));
            }
        }
    }

    /// What was told since the last call, in its order.
    pub(crate) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    fn read(&mut self, end: Instant) -> Result<Value, String> {
        let late = || format!("no answer within {} s", PATIENCE.as_secs());
        loop {
            // Events may come all the time: each leaves less time for the answer. None at all would mean
            // to wait for ever.
            let rest = end.saturating_duration_since(Instant::now());
            if rest.is_zero() {
                return Err(late());
            }
            self.socket.get_ref().set_read_timeout(Some(rest)).map_err(|error| error.to_string())?;
            let message = self.socket.read().map_err(|error| match error {
                tungstenite::Error::Io(error)
                    if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) =>
                {
                    late()
                }
                error => format!("the browser is gone: {error}"),
            })?;
            if let Message::Text(text) = message {
                return serde_json::from_str(&text).map_err(|error| format!("{error} in {text}"));
            }
        }
    }
}
