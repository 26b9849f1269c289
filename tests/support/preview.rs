//! A running `rutter serve`, and a client that says what no browser would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A preview of the site in a folder. It ends with the test.
pub(crate) struct Preview {
    pub(crate) process: Child,
    /// `127.0.0.1:40123`
    pub(crate) host: String,
    told: Arc<Mutex<String>>,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Preview {
    /// At any free port.
    pub(crate) fn start(root: &Path) -> Self {
        Self::start_with(root, &["--port", "0"])
    }

    pub(crate) fn start_with(root: &Path, arguments: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_rutter"))
            .arg("serve")
            .args(arguments)
            .current_dir(root)
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told = hear(process.stderr.take().unwrap());
        let host = line.trim().strip_prefix("http://").and_then(|url| url.strip_suffix('/'));
        let host = host.unwrap_or_else(|| panic!("no address in {line:?}, {}", told.lock().unwrap())).to_owned();
        Self { process, host, told }
    }

    /// What it has said on standard error.
    pub(crate) fn told(&self) -> String {
        self.told.lock().unwrap().clone()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// The answer to a request as it is written.
    pub(crate) fn say(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // It may be refused before all of it was read.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or_else(|| panic!("no answer"));
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        let request = format!("GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host);
        self.say(request.as_bytes())
    }

    /// A page without the script that keeps it fresh.
    pub(crate) fn page(&self, target: &str) -> String {
        let text = self.get(target).text();
        match text.split_once("<script src=\"/.rutter/live.js\"") {
            Some((before, after)) => format!("{before}{}", after.split_once("</script>").unwrap().1),
            None => text,
        }
    }

    /// Listens to what pages are told.
    pub(crate) fn listen(&self) -> Listener {
        let mut stream = self.connect();
        write!(stream, "GET /.rutter/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.host).unwrap();
        let news = Arc::new(Mutex::new(Vec::new()));
        let (heard, reading) = (Arc::clone(&news), stream.try_clone().unwrap());
        std::thread::spawn(move || {
            for line in BufReader::new(reading).lines().map_while(Result::ok) {
                if let Some(data) = line.strip_prefix("data: ") {
                    heard.lock().unwrap().push(serde_json::from_str(data).unwrap());
                }
            }
        });
        let listener = Listener { stream, news };
        wait_until("the first news", || listener.latest().is_some_and(|news| news["generation"] != 0));
        listener
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a process says, as it says it.
fn hear(mut stderr: ChildStderr) -> Arc<Mutex<String>> {
    let told = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&told);
    std::thread::spawn(move || {
        let mut chunk = [0; 4096];
        while let Ok(count @ 1..) = stderr.read(&mut chunk) {
            heard.lock().unwrap().push_str(&String::from_utf8_lossy(&chunk[..count]));
        }
    });
    told
}

/// A running `rutter check --watch`. It ends with the test.
pub(crate) struct Watching {
    process: Child,
    told: Arc<Mutex<String>>,
}

impl Watching {
    pub(crate) fn start(root: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_rutter"))
            .args(["check", "--watch"])
            .current_dir(root)
            .env("NO_COLOR", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let told = hear(process.stderr.take().unwrap());
        Self { process, told }
    }

    pub(crate) fn told(&self) -> String {
        self.told.lock().unwrap().clone()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a page is told.
pub(crate) struct Listener {
    pub(crate) stream: TcpStream,
    news: Arc<Mutex<Vec<Value>>>,
}

impl Listener {
    pub(crate) fn latest(&self) -> Option<Value> {
        self.news.lock().unwrap().last().cloned()
    }

    /// How many sites have stood.
    pub(crate) fn generation(&self) -> u64 {
        self.latest().unwrap()["generation"].as_u64().unwrap()
    }

    /// What keeps the sources from being shown, as text.
    pub(crate) fn broken(&self) -> String {
        let latest = self.latest().unwrap();
        latest["broken"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned() + "\n").collect()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
    }
}

/// Waits until something is so, at most some seconds.
pub(crate) fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(20), "never: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}
