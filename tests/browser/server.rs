//! A web server for the finished site, from memory, on loopback only.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, LazyLock};
use std::thread;

use crate::support::{load, real_files, render};

/// The site stands below this path, as a project's pages do.
const PREFIX: &str = "/rutter/";

/// The address of a server for the real content: one for all tests, which only read.
pub(crate) fn serve() -> String {
    static BASE: LazyLock<String> = LazyLock::new(start_real);
    BASE.clone()
}

fn start_real() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = base(&listener);
    let mut files = real_files();
    let config = String::from_utf8(files["site.toml"].clone()).unwrap();
    files.insert("site.toml".to_owned(), format!("base_url = \"{base}\"\n{config}").into_bytes());
    listen(listener, render(&load(&files)));
    base
}

/// Starts the server for files that were rendered without an address.
pub(crate) fn serve_rendered(site: BTreeMap<String, Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = base(&listener);
    listen(listener, site);
    base
}

fn base(listener: &TcpListener) -> String {
    format!("http://{}{PREFIX}", listener.local_addr().unwrap())
}

fn listen(listener: TcpListener, site: BTreeMap<String, Vec<u8>>) {
    let site = Arc::new(site);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let site = Arc::clone(&site);
            thread::spawn(move || answer(&stream, &site));
        }
    });
}

fn answer(stream: &TcpStream, site: &BTreeMap<String, Vec<u8>>) {
    let mut lines = BufReader::new(stream).lines();
    let Some(Ok(request)) = lines.next() else { return };
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let path = request.split_whitespace().nth(1).unwrap_or("/").split(['?', '#']).next().unwrap_or("/");
    let path = path.strip_prefix(PREFIX).unwrap_or("\0");
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let (status, body) =
        site.get(&file).map_or(("404 Not Found", site["404.html"].as_slice()), |body| ("200 OK", body.as_slice()));
    let kind = match file.rsplit('.').next() {
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        _ => "text/html; charset=utf-8",
    };
    let mut stream = stream;
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(body);
}
