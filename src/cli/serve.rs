//! `rutter serve`: a preview that follows the sources.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use camino::Utf8Path;

use super::{Failure, Outcome, count, print, print_text, remark, style_for, tell};
use crate::diagnostic::Diagnostic;
use crate::serve::{Preview, Telling, Told, follow};
use crate::source::Sources;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Port to listen at; where it is taken, the next free one.
    #[arg(long, value_name = "N", default_value_t = 4480)]
    port: u16,
    /// Open the site in a browser.
    #[arg(long)]
    open: bool,
    /// Address to listen at. Any but this machine's own lets others read the site.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    host: IpAddr,
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let Arguments { port, open, host } = *arguments;
    let preview = Preview::bind(host, port).map_err(|error| Failure::Machine {
        cause: format!("can't listen at {host}, port {port}: {error}"),
        help: vec!["name another port with `--port N`, or any free one with `--port 0`"],
    })?;
    let address = preview.address();
    if port != 0 && address.port() != port {
        tell(&format!("note: port {port} is taken, so this is port {}", address.port()));
    }
    if !host.is_loopback() {
        tell(&format!("warning: whoever reaches {host} can read this site; without `--host` only this machine can"));
    }
    // The address of every interface is none to go to.
    let name = if host.is_unspecified() { "localhost".to_owned() } else { name_of(address.ip()) };
    let url = format!("http://{name}:{}/", address.port());
    print(&format!("{url}\n"))?;
    remark("the page follows what you save; Ctrl-C ends");
    if open {
        open_browser(&url);
    }
    let terminal = Mutex::new(Terminal::default());
    let teller = move |telling: Telling<'_>| terminal.lock().unwrap_or_else(PoisonError::into_inner).hear(&telling);
    preview.run(root, Arc::new(teller))?;
    Ok(Outcome::Done)
}

/// `rutter check --watch`.
pub(super) fn watch(root: &Utf8Path) -> Result<Outcome, Failure> {
    let mut terminal = Terminal::default();
    follow(root, |read| match read {
        Ok(kept) => {
            let sources = kept.sources();
            terminal.hear(&Telling::Checked { sources, diagnostics: &crate::check_sources(sources) });
        }
        Err(error) => terminal.hear(&Telling::Trouble(&error.to_string())),
    })?;
    Ok(Outcome::Done)
}

fn name_of(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// By the command that each system has for it.
fn open_browser(url: &str) {
    let (program, before): (_, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    if std::process::Command::new(program).args(before).arg(url).spawn().is_err() {
        tell(&format!("note: `{program}` does not start; open {url} yourself"));
    }
}

/// What was told so far.
#[derive(Default)]
struct Terminal {
    read: Told,
    checked: Told,
    trouble: Option<String>,
    has_spoken: bool,
}

impl Terminal {
    fn hear(&mut self, telling: &Telling<'_>) {
        match *telling {
            Telling::Read { sources, diagnostics } => {
                self.trouble = None;
                let difference = self.read.difference(sources, diagnostics);
                if !difference.is_empty() {
                    say(sources, &difference.new, &difference.mended);
                    if let Some(count) = count(diagnostics) {
                        tell(&format!("{count}; the last site that held is shown"));
                    }
                }
            }
            Telling::Checked { sources, diagnostics } => {
                let difference = self.checked.difference(sources, diagnostics);
                if !difference.is_empty() || !std::mem::replace(&mut self.has_spoken, true) {
                    say(sources, &difference.new, &difference.mended);
                    tell(&count(diagnostics).map_or_else(
                        || "no errors, no warnings".to_owned(),
                        |count| format!("{count}; `rutter explain CODE` says more about one"),
                    ));
                }
            }
            Telling::Trouble(cause) => {
                if self.trouble.as_deref() != Some(cause) {
                    tell(&format!("error: {cause}"));
                    self.trouble = Some(cause.to_owned());
                }
            }
            Telling::Astray(path) => {
                tell(&format!("warning: {path} leads out of the site and is not served; put the file itself there"));
            }
        }
    }
}

fn say(sources: &Sources, new: &[Diagnostic], mended: &[String]) {
    // Whoever closed standard error does not want to hear it.
    let _ = print_text(&mut anstream::stderr(), sources, new, style_for(&std::io::stderr()));
    for line in mended {
        tell(&format!("mended: {line}"));
    }
}
