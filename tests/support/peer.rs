//! A language server as a process, spoken to as an editor does: JSON-RPC over its standard input and output.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A slow machine still answers within this.
const PATIENCE: Duration = Duration::from_secs(90);

pub(crate) struct Peer {
    child: Child,
    input: Option<ChildStdin>,
    /// What it says, message by message.
    said: Receiver<Value>,
    count: u32,
}

impl Peer {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} does not start ({error}); tests/run installs it"));
        let (input, output) = (child.stdin.take(), child.stdout.take().unwrap());
        let (send, said) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read_message(&mut output) {
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        Self { child, input, said, count: 0 }
    }

    /// Asks and waits for the result; what is said meanwhile goes to `aside`.
    pub(crate) fn ask(&mut self, method: &str, params: &Value, aside: impl FnMut(&mut Self, &Value)) -> Value {
        let answer = self.try_ask(method, params, aside);
        assert!(answer["error"].is_null(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The same; the whole answer, which may be an error.
    pub(crate) fn try_ask(&mut self, method: &str, params: &Value, mut aside: impl FnMut(&mut Self, &Value)) -> Value {
        let id = self.begin(method, params);
        loop {
            let message = self.next();
            if message["id"] == id && message["method"].is_null() {
                return message;
            }
            aside(self, &message);
        }
    }

    /// Asks and does not wait.
    pub(crate) fn begin(&mut self, method: &str, params: &Value) -> u32 {
        self.count += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.count, "method": method, "params": params }));
        self.count
    }

    pub(crate) fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    /// The next thing that is said.
    pub(crate) fn next(&mut self) -> Value {
        self.said.recv_timeout(PATIENCE).expect("the language server says nothing more")
    }

    /// The same, if it comes in time.
    pub(crate) fn next_within(&mut self, time: Duration) -> Option<Value> {
        match self.said.recv_timeout(time) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => panic!("the language server has ended"),
        }
    }

    /// Says nothing more, and waits for the end.
    pub(crate) fn end(mut self) -> ExitStatus {
        self.input = None;
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begin.elapsed() < PATIENCE, "the language server does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One message: its length in a head, an empty line, JSON.
fn read_message(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some(number) = line.strip_prefix("Content-Length: ") {
            length = number.trim().parse().ok()?;
        }
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}
