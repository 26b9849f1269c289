//! Firefox, a second browser: one per test, in turn with Chromium. It speaks `WebDriver BiDi` itself,
//! so no driver stands between. It closes when it goes out of scope, and leaves a picture of its page in
//! `target/firefox/` where a test fails.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};

use crate::bidi::{Bidi, Event};
use crate::driver::{Scheme, TURN};
use crate::server::serve;
use crate::support::repository;

/// It stands ready within a second, on a machine with nothing else to do.
const START: Duration = Duration::from_mins(1);
const EXIT: Duration = Duration::from_secs(10);

/// Debian's name, and that of everybody else.
const NAMES: [&str; 2] = ["firefox-esr", "firefox"];

/// What a fresh profile would ask the network for, or show before the page.
const PREFERENCES: [(&str, &str); 28] = [
    // Whatever else it may ask for ends at a port where nobody answers; it goes to loopback without a proxy.
    ("network.proxy.type", "1"),
    ("network.proxy.http", "\"127.0.0.1\""),
    ("network.proxy.http_port", "9"),
    ("network.proxy.ssl", "\"127.0.0.1\""),
    ("network.proxy.ssl_port", "9"),
    ("network.trr.mode", "5"),
    ("app.normandy.enabled", "false"),
    ("app.update.disabledForTesting", "true"),
    // Files go where the tests look for them.
    ("browser.download.folderList", "2"),
    ("browser.region.network.url", "\"\""),
    ("browser.safebrowsing.downloads.enabled", "false"),
    ("browser.safebrowsing.malware.enabled", "false"),
    ("browser.safebrowsing.phishing.enabled", "false"),
    ("browser.shell.checkDefaultBrowser", "false"),
    ("browser.startup.homepage_override.mstone", "\"ignore\""),
    ("browser.startup.page", "0"),
    ("datareporting.healthreport.uploadEnabled", "false"),
    ("datareporting.policy.dataSubmissionEnabled", "false"),
    ("dom.push.connection.enabled", "false"),
    ("extensions.getAddons.cache.enabled", "false"),
    ("extensions.update.enabled", "false"),
    ("media.gmp-manager.updateEnabled", "false"),
    ("network.captive-portal-service.enabled", "false"),
    ("network.connectivity-service.enabled", "false"),
    ("services.settings.server", "\"data:,#remote-settings-dummy/v1\""),
    ("toolkit.telemetry.server", "\"\""),
    // A mouse, which a machine without a screen does not have: it hovers and points at one pixel.
    ("ui.allPointerCapabilities", "6"),
    ("ui.primaryPointerCapabilities", "6"),
];

/// A Firefox at the site, with one tab.
pub(crate) struct Firefox {
    bidi: RefCell<Bidi>,
    tab: String,
    base: String,
    process: Process,
    profile: tempfile::TempDir,
    _turn: tokio::sync::MutexGuard<'static, ()>,
}

impl Firefox {
    pub(crate) fn start() -> Self {
        Self::start_in(Scheme::Light)
    }

    /// A browser whose system prefers a scheme.
    pub(crate) fn start_in(scheme: Scheme) -> Self {
        let base = serve();
        let turn = TURN.blocking_lock();
        let profile = tempfile::tempdir().unwrap();
        write_preferences(profile.path(), scheme);
        let (process, port) = Process::start(profile.path(), &base);
        let mut bidi = Bidi::connect(port).unwrap_or_else(|error| panic!("Firefox does not answer: {error}"));
        let mut call =
            |method, params: &Value| bidi.call(method, params).unwrap_or_else(|error| panic!("Firefox: {error}"));
        let tree = call("browsingContext.getTree", &json!({}));
        let tab = tree["contexts"][0]["context"].as_str().unwrap().to_owned();
        let events = ["log.entryAdded", "network.beforeRequestSent", "network.responseCompleted", "network.fetchError"];
        call("session.subscribe", &json!({ "events": events }));
        let firefox = Self { bidi: RefCell::new(bidi), tab, base, process, profile, _turn: turn };
        // Keys go to the bar of addresses until the page that it began with is there.
        firefox.wait_for("return document.readyState === 'complete' && document.hasFocus()");
        firefox.bidi.borrow_mut().take_events();
        firefox.size(1280, 800);
        firefox
    }

    /// Opens a page by its permalink, and waits until it has loaded.
    pub(crate) fn open(&self, permalink: &str) {
        let url = format!("{}{permalink}", self.base);
        self.call("browsingContext.navigate", &json!({ "context": self.tab, "url": url, "wait": "complete" }));
    }

    /// Loads the page anew by the address that it has come to.
    pub(crate) fn reload(&self) {
        self.call("browsingContext.reload", &json!({ "context": self.tab, "wait": "complete" }));
    }

    /// The next file that a page saves: its name and what is in it, once all of it is there.
    pub(crate) fn saved(&self) -> (String, Vec<u8>) {
        let end = Instant::now() + START;
        while Instant::now() < end {
            let entries = std::fs::read_dir(self.downloads()).unwrap().map(|entry| entry.unwrap().path());
            let files: Vec<PathBuf> = entries.collect();
            // Until then, an empty file of that name stands beside the part that has come.
            if let [file] = &files[..]
                && file.extension().is_none_or(|extension| extension != "part")
                && let Ok(bytes) = std::fs::read(file)
                && !bytes.is_empty()
            {
                std::fs::remove_file(file).unwrap();
                return (file.file_name().unwrap().to_str().unwrap().to_owned(), bytes);
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("no file was saved within {} s", START.as_secs());
    }

    fn downloads(&self) -> PathBuf {
        downloads_of(self.profile.path())
    }

    /// Runs the body of a function, which may wait, and returns what it returns.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.try_run(script)
            .unwrap_or_else(|error| panic!("{error} in {}", script.chars().take(200).collect::<String>()))
    }

    /// Waits until a script says true, at most some seconds. Meanwhile the page may be left for another.
    pub(crate) fn wait_for(&self, script: &str) {
        let mut last = Ok(Value::Null);
        for _ in 0..100 {
            last = self.try_run(script);
            if last == Ok(json!(true)) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("never true, but {last:?}: {script}");
    }

    /// The viewport, in CSS pixels.
    pub(crate) fn size(&self, width: u32, height: u32) {
        let viewport = json!({ "width": width, "height": height });
        self.call("browsingContext.setViewport", &json!({ "context": self.tab, "viewport": viewport }));
    }

    /// Clicks where a reader would: in the middle of the first element that a selector names, which
    /// must be shown and lie below nothing.
    pub(crate) fn click(&self, selector: &str) {
        let find = format!(
            "const node = document.querySelector({});
            if (!node) return 'there is none';
            // Rows on the way take their true heights only once they are near, and push it away.
            for (let turn = 0; turn < 3; turn += 1) {{
                node.scrollIntoView({{ block: 'center', inline: 'center', behavior: 'instant' }});
                await new Promise(requestAnimationFrame);
            }}
            const box = node.getClientRects()[0];
            if (!box) return 'it is not shown';
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2].map(Math.floor);
            const top = document.elementFromPoint(x, y);
            return node.contains(top) ? [x, y] : `it lies below ${{top?.outerHTML.slice(0, 160)}}`;",
            json!(selector)
        );
        let place = self.run(&find);
        let (Some(x), Some(y)) = (place[0].as_i64(), place[1].as_i64()) else {
            panic!("{selector} can't be clicked: {place}")
        };
        let steps = json!([
            { "type": "pointerMove", "x": x, "y": y },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ]);
        self.act(&json!({ "type": "pointer", "id": "mouse", "actions": steps }));
    }

    /// Presses keys together, the first of them first: `["Control", "k"]`.
    pub(crate) fn press(&self, keys: &[&str]) {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": code_of(key) }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": code_of(key) }));
        let steps: Vec<Value> = down.chain(up).collect();
        self.act(&json!({ "type": "key", "id": "keyboard", "actions": steps }));
    }

    /// A text, key by key.
    pub(crate) fn enter(&self, text: &str) {
        for letter in text.chars() {
            self.press(&[letter.encode_utf8(&mut [0; 4])]);
        }
    }

    /// The page as a PDF, on A4.
    pub(crate) fn print(&self) -> Vec<u8> {
        let page = json!({ "width": 21.0, "height": 29.7 });
        decode(&self.call("browsingContext.print", &json!({ "context": self.tab, "page": page })))
    }

    /// What speaks against the pages since the last call: errors and warnings of scripts, what their
    /// policy has stopped, what was asked of other hosts, and what is not there.
    pub(crate) fn complaints(&self) -> Vec<String> {
        // An answer of the page comes behind all that it has told before.
        self.run("await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))");
        let events = self.bidi.borrow_mut().take_events();
        events.iter().filter_map(|event| self.complaint(event)).collect()
    }

    fn complaint(&self, event: &Event) -> Option<String> {
        let params = &event.params;
        let url = params["request"]["url"].as_str().unwrap_or_default();
        match event.method.as_str() {
            "log.entryAdded" => {
                let is_bad = matches!(params["level"].as_str(), Some("error" | "warn"));
                is_bad.then(|| params["text"].as_str().unwrap_or_default().to_owned())
            }
            "network.beforeRequestSent" => {
                let is_own = ["data:", "about:", &self.base].iter().any(|start| url.starts_with(start));
                (!is_own).then(|| format!("asks {url}"))
            }
            "network.responseCompleted" => {
                let status = params["response"]["status"].as_u64()?;
                (status >= 400).then(|| format!("{status} for {url}"))
            }
            "network.fetchError" => Some(format!("{} for {url}", params["errorText"])),
            _ => None,
        }
    }

    fn try_run(&self, script: &str) -> Result<Value, String> {
        let expression = format!("(async () => {{ {script}\n }})().then(value => JSON.stringify(value ?? null))");
        let target = json!({ "context": self.tab });
        let params = json!({ "expression": expression, "target": target, "awaitPromise": true });
        let answer = self.bidi.borrow_mut().call("script.evaluate", &params)?;
        let Some(value) = answer["result"]["value"].as_str() else {
            return Err(answer["exceptionDetails"]["text"].to_string());
        };
        serde_json::from_str(value).map_err(|error| error.to_string())
    }

    fn act(&self, source: &Value) {
        self.call("input.performActions", &json!({ "context": self.tab, "actions": [source] }));
    }

    fn call(&self, method: &str, params: &Value) -> Value {
        self.bidi.borrow_mut().call(method, params).unwrap_or_else(|error| panic!("Firefox: {error}"))
    }

    /// The page as it is seen, for whoever looks for the reason of a failure.
    fn keep_picture(&self) -> Result<PathBuf, String> {
        let shot = self.bidi.borrow_mut().call("browsingContext.captureScreenshot", &json!({ "context": self.tab }))?;
        let folder = repository().join("target/firefox");
        let name = thread::current().name().unwrap_or("main").replace("::", "-");
        let file = folder.join(format!("{name}.png"));
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&file, decode(&shot)))
            .map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(file)
    }
}

impl Drop for Firefox {
    #[expect(clippy::print_stderr, reason = "a test that has failed says where to look")]
    fn drop(&mut self) {
        if thread::panicking() {
            match self.keep_picture() {
                Ok(file) => eprintln!("the page as it was: {}", file.display()),
                Err(error) => eprintln!("there is no picture of the page: {error}"),
            }
        }
        // By itself it takes its children with it and gives its profile back; whatever happens, the
        // process is killed after some seconds.
        let _ = self.bidi.borrow_mut().call("browser.close", &json!({}));
        self.process.wait();
    }
}

/// A Firefox that does not outlive the test.
struct Process(Child);

impl Process {
    /// Starts it, and waits until it has named the port at which it listens.
    fn start(profile: &Path, page: &str) -> (Self, u16) {
        let mut process = Self(spawn(profile, page));
        let lines = BufReader::new(process.0.stderr.take().unwrap()).lines().map_while(Result::ok);
        let (sender, said) = mpsc::channel();
        // Whoever writes to a closed pipe is killed: somebody must go on reading.
        thread::spawn(move || {
            for line in lines {
                let _ = sender.send(line);
            }
        });
        let end = Instant::now() + START;
        let mut before = String::new();
        while let Ok(line) = said.recv_timeout(end.saturating_duration_since(Instant::now())) {
            // "WebDriver BiDi listening on ws://127.0.0.1:12345"
            let address = line.split("BiDi listening on ws://").nth(1);
            if let Some(port) = address.and_then(|address| address.rsplit(':').next()?.trim().parse().ok()) {
                return (process, port);
            }
            let _ = writeln!(before, "{line}");
        }
        panic!("Firefox names no port for WebDriver BiDi within {} s; it said:\n{before}", START.as_secs());
    }

    fn wait(&mut self) {
        let end = Instant::now() + EXIT;
        while Instant::now() < end && matches!(self.0.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn spawn(profile: &Path, page: &str) -> Child {
    let mut failures = Vec::new();
    for name in NAMES {
        let child = Command::new(name)
            .args(["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile"])
            .arg(profile)
            .arg(page)
            // It ends itself rather than ask anybody outside.
            .env("MOZ_DISABLE_NONLOCAL_CONNECTIONS", "1")
            .env("MOZ_CRASHREPORTER_DISABLE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        match child {
            Ok(child) => return child,
            Err(error) => failures.push(format!("{name}: {error}")),
        }
    }
    panic!("Firefox does not start ({}); tests/run installs it", failures.join(", "));
}

/// Where a page's files go, without a question.
fn downloads_of(profile: &Path) -> PathBuf {
    profile.join("saved")
}

fn write_preferences(profile: &Path, scheme: Scheme) {
    let scheme = match scheme {
        Scheme::Dark => "0",
        Scheme::Light => "1",
    };
    let mut text = String::new();
    for (name, value) in PREFERENCES.into_iter().chain([("layout.css.prefers-color-scheme.content-override", scheme)]) {
        writeln!(text, "user_pref(\"{name}\", {value});").unwrap();
    }
    let downloads = downloads_of(profile);
    std::fs::create_dir(&downloads).unwrap();
    writeln!(text, "user_pref(\"browser.download.dir\", {});", json!(downloads)).unwrap();
    std::fs::write(profile.join("user.js"), text).unwrap();
}

/// A key as `WebDriver` names it: a letter is itself, every other key has a place of its own in Unicode.
fn code_of(key: &str) -> &str {
    match key {
        "Alt" => "\u{E00A}",
        "ArrowDown" => "\u{E015}",
        "ArrowLeft" => "\u{E012}",
        "ArrowRight" => "\u{E014}",
        "ArrowUp" => "\u{E013}",
        "Control" => "\u{E009}",
        "Enter" => "\u{E007}",
        "Escape" => "\u{E00C}",
        "Shift" => "\u{E008}",
        "Tab" => "\u{E004}",
        letter => {
            assert_eq!(letter.chars().count(), 1, "{letter} is no key that the tests know");
            letter
        }
    }
}

fn decode(answer: &Value) -> Vec<u8> {
    BASE64_STANDARD.decode(answer["data"].as_str().unwrap()).unwrap()
}
