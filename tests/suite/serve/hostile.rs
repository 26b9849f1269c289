//! Requests that no browser makes, and files that are nobody's business.

use std::io::{Read, Write};
use std::time::Duration;

use super::site;
use crate::support::preview::{Preview, wait_until};
use crate::support::small_site;

#[test]
fn what_is_no_address_of_the_site_is_refused() {
    let site = site(&small_site());
    let preview = Preview::start(site.path());
    for target in [
        "/../site.toml",
        "/en/../../site.toml",
        "/%2e%2e/site.toml",
        "/en/%2E./site.toml",
        "/..%2fsite.toml",
        "/..%5csite.toml",
        "/en/%00",
        "/en/%0d%0ax",
        "/%ff%fe",
        "/%",
        "http://127.0.0.1/en/",
        "*",
    ] {
        let answer = preview.get(target);
        assert_eq!(answer.status, 400, "{target}: {}", answer.text());
    }
    for target in ["/site.toml", "/content/products/small.yaml", "//etc/passwd", "/.rutter/", "/.git/config"] {
        assert_eq!(preview.get(target).status, 404, "{target}");
    }
}

#[test]
fn another_host_is_refused() {
    let site = site(&small_site());
    let preview = Preview::start(site.path());
    let port = preview.host.rsplit(':').next().unwrap();
    let ask =
        |host: &str| preview.say(format!("GET /en/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes());
    for host in ["evil.example", &format!("evil.example:{port}"), "127.0.0.1.evil.example", "192.0.2.1", ""] {
        let answer = ask(host);
        assert!(answer.status == 403 && !answer.text().contains("Small"), "{host}: {}", answer.text());
    }
    for host in [&format!("localhost:{port}"), &format!("127.0.0.1:{port}"), "localhost"] {
        assert_eq!(ask(host).status, 200, "{host}");
    }
    assert_eq!(preview.say(b"GET /en/ HTTP/1.1\r\n\r\n").status, 400);
    let events = preview.say(b"GET /.rutter/events HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assert_eq!(events.status, 403);
}

#[test]
fn a_request_is_bounded() {
    let site = site(&small_site());
    let preview = Preview::start(site.path());
    let host = &preview.host;
    let long = format!("GET /{} HTTP/1.1\r\nHost: {host}\r\n\r\n", "a".repeat(1 << 20));
    assert_eq!(preview.say(long.as_bytes()).status, 414);
    let headers = format!("GET / HTTP/1.1\r\nHost: {host}\r\n{}\r\n", "X-A: b\r\n".repeat(1000));
    assert_eq!(preview.say(headers.as_bytes()).status, 431);
    let header = format!("GET / HTTP/1.1\r\nHost: {host}\r\nX-A: {}\r\n\r\n", "a".repeat(100_000));
    assert_eq!(preview.say(header.as_bytes()).status, 431);
    let post = format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\n\r\nx");
    let answer = preview.say(post.as_bytes());
    assert!(answer.status == 405 && answer.head.contains("allow: GET, HEAD"), "{}", answer.head);
    let body =
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 30\r\n\r\nGET /x HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!(preview.say(body.as_bytes()).status, 400);
    assert_eq!(preview.say(b"\x16\x03\x01\x02\x00\x01\r\n\r\n").status, 400);
}

#[test]
fn requests_follow_each_other_on_a_connection_however_they_are_cut() {
    let site = site(&small_site());
    let preview = Preview::start(site.path());
    let request = format!("GET /.nojekyll HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host);
    let mut stream = preview.connect();
    for byte in request.as_bytes() {
        stream.write_all(&[*byte]).unwrap();
    }
    let two = format!("{request}GET /.nojekyll HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", preview.host);
    stream.write_all(two.as_bytes()).unwrap();
    let mut all = String::new();
    stream.read_to_string(&mut all).unwrap();
    assert_eq!(all.matches("HTTP/1.1 200 OK").count(), 3, "{all}");
}

#[test]
fn listeners_are_bounded_and_leave_nothing_behind() {
    let site = site(&small_site());
    let preview = Preview::start(site.path());
    let ask = || preview.say(format!("GET /.rutter/events HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host).as_bytes());
    let listeners: Vec<_> = (0..32).map(|_| preview.listen()).collect();
    assert_eq!(ask().status, 503);
    assert_eq!(preview.get("/en/").status, 200, "pages are served all the same");
    drop(listeners);
    wait_until("free places", || {
        let mut stream = preview.connect();
        write!(stream, "GET /.rutter/events HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host).unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        std::thread::sleep(Duration::from_millis(50));
        start.ends_with(b"200")
    });
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_tree_is_not_followed_for_readers() {
    let site = site(&small_site());
    let secret = crate::support::folder();
    std::fs::write(secret.path().join("key.txt"), "secret").unwrap();
    let statics = site.path().join("static");
    std::fs::create_dir(&statics).unwrap();
    std::os::unix::fs::symlink(secret.path().join("key.txt"), statics.join("key.txt")).unwrap();
    std::os::unix::fs::symlink(secret.path(), statics.join("keys")).unwrap();
    std::fs::write(statics.join("own.txt"), "own").unwrap();
    std::os::unix::fs::symlink(statics.join("own.txt"), statics.join("same.txt")).unwrap();
    let preview = Preview::start(site.path());
    for (target, status) in [("/key.txt", 404), ("/keys/key.txt", 404), ("/own.txt", 200), ("/same.txt", 200)] {
        assert_eq!(preview.get(target).status, status, "{target}");
    }
    wait_until("a word", || preview.told().contains("static/keys/key.txt leads out of the site and is not served"));
}
