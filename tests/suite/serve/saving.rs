//! Every way in which editors and other programs change files: one edit is one new site, none is lost.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use super::{SMALL, assert_is_built, replace, site};
use crate::support::preview::{Listener, Preview, wait_until};
use crate::support::{amount, many_products, small_site};

/// Longer than anything that a change waits for.
const QUIET: Duration = Duration::from_millis(450);

fn with_title(title: &str) -> String {
    String::from_utf8(small_site()[SMALL].clone()).unwrap().replace("name: Small", &format!("name: {title}"))
}

/// The two ends of a file, written apart.
fn halves(text: &str) -> (&str, &str) {
    text.split_at(text.len() / 2)
}

type Save = fn(&Path, &str);

const MANNERS: [(&str, Save); 9] = [
    ("in place", |path, text| fs::write(path, text).unwrap()),
    ("over it, without cutting it off first", |path, text| {
        let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.set_len(text.len() as u64).unwrap();
    }),
    ("beside it, then renamed over it", |path, text| {
        let beside = path.with_extension("yaml.tmp");
        fs::write(&beside, text).unwrap();
        fs::rename(&beside, path).unwrap();
    }),
    ("beside it, slowly, then renamed over it", |path, text| {
        let beside = path.with_extension("yaml.tmp");
        fs::write(&beside, text).unwrap();
        sleep(Duration::from_millis(15));
        fs::rename(&beside, path).unwrap();
    }),
    ("with the old one put aside", |path, text| {
        let aside = path.with_extension("yaml~");
        fs::rename(path, &aside).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(&aside).unwrap();
    }),
    ("with a copy put aside", |path, text| {
        fs::copy(path, path.with_extension("yaml~")).unwrap();
        fs::write(path, text).unwrap();
    }),
    ("removed and written anew", |path, text| {
        fs::remove_file(path).unwrap();
        fs::write(path, text).unwrap();
    }),
    ("in two batches", |path, text| {
        let (one, two) = halves(text);
        let mut file = fs::File::create(path).unwrap();
        file.write_all(one.as_bytes()).unwrap();
        file.flush().unwrap();
        sleep(Duration::from_millis(80));
        file.write_all(two.as_bytes()).unwrap();
    }),
    ("with a swap file beside it", |path, text| {
        let swap = path.with_file_name(".small.yaml.swp");
        fs::write(&swap, "b0VIM").unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(&swap).unwrap();
    }),
];

#[cfg(target_os = "linux")]
#[test]
fn one_edit_is_one_reload_however_an_editor_saves() {
    let site = site(&small_site());
    let preview = Preview::start(site.path());
    let listener = preview.listen();
    for (number, (manner, save)) in MANNERS.iter().enumerate() {
        let before = listener.generation();
        let title = format!("Title {number}");
        save(&site.path().join(SMALL), &with_title(&title));
        wait_until(manner, || listener.generation() > before);
        assert!(preview.page("/en/small/").contains(&title), "{manner}");
        sleep(QUIET);
        assert_eq!(listener.generation(), before + 1, "{manner}: {}", preview.told());
        assert!(!preview.told().contains("error["), "{manner}: {}", preview.told());
    }
}

#[test]
fn what_changes_nothing_reloads_nothing() {
    let site = site(&small_site());
    let root = site.path();
    let preview = Preview::start(root);
    let listener = preview.listen();
    let text = fs::read(root.join(SMALL)).unwrap();
    fs::write(root.join(SMALL), &text).unwrap();
    fs::File::options().write(true).open(root.join(SMALL)).unwrap().set_modified(std::time::SystemTime::now()).unwrap();
    fs::write(root.join("content/products/.small.yaml.swp"), "x").unwrap();
    fs::write(root.join("notes.txt"), "x").unwrap();
    fs::create_dir_all(root.join("public/en")).unwrap();
    fs::write(root.join("public/en/index.html"), "x").unwrap();
    sleep(QUIET);
    assert_eq!(listener.generation(), 1);
}

fn settle(listener: &Listener, preview: &Preview, root: &Path, what: &str, before: u64) {
    wait_until(what, || listener.generation() > before && listener.broken().is_empty());
    sleep(QUIET);
    assert_is_built(preview, root);
}

#[test]
fn files_that_come_move_and_go_leave_the_right_site() {
    let site = site(&small_site());
    let root = site.path();
    let preview = Preview::start(root);
    let listener = preview.listen();
    let products = root.join("content/products");
    fs::copy(root.join(SMALL), products.join("second.yaml")).unwrap();
    settle(&listener, &preview, root, "a new file", 1);
    let before = listener.generation();
    fs::rename(products.join("second.yaml"), products.join("third.yaml")).unwrap();
    settle(&listener, &preview, root, "a renamed file", before);
    assert_eq!((preview.get("/en/second/").status, preview.get("/en/third/").status), (404, 200));
    let before = listener.generation();
    fs::remove_file(products.join("third.yaml")).unwrap();
    settle(&listener, &preview, root, "a removed file", before);
    assert_eq!(preview.get("/en/third/").status, 404);
    // Folders that were not there, with files in them before anybody watches.
    let before = listener.generation();
    fs::create_dir_all(root.join("static/deep/er")).unwrap();
    fs::write(root.join("static/deep/er/file.txt"), "a").unwrap();
    wait_until("a new folder", || listener.generation() > before && preview.get("/deep/er/file.txt").status == 200);
    sleep(QUIET);
    fs::write(root.join("static/deep/er/file.txt"), "b").unwrap();
    wait_until("a file in it", || preview.get("/deep/er/file.txt").body == b"b");
}

#[test]
fn another_branch_of_five_hundred_files_is_shown_as_it_is_in_the_end() {
    let site = site(&many_products(500));
    let root = site.path();
    let preview = Preview::start(root);
    let listener = preview.listen();
    for number in 0..500 {
        let path = root.join(format!("content/products/small-{number}.yaml"));
        match number % 5 {
            // As git does: the old one goes, the new one is written.
            0 => fs::remove_file(&path).unwrap(),
            1 => fs::rename(&path, root.join(format!("content/products/other-{number}.yaml"))).unwrap(),
            _ => {
                fs::remove_file(&path).unwrap();
                fs::write(&path, with_title(&format!("Branch {number}"))).unwrap();
            }
        }
    }
    wait_until("the last file", || preview.page("/en/small-499/").contains("Branch 499"));
    sleep(QUIET);
    for (target, status) in
        [("/en/small-495/", 404), ("/en/other-496/", 200), ("/en/small-496/", 404), ("/en/small/", 200)]
    {
        assert_eq!(preview.get(target).status, status, "{target}");
    }
    for number in [2, 203, 499] {
        assert!(preview.page(&format!("/en/small-{number}/")).contains(&format!("Branch {number}")));
    }
    assert!(listener.broken().is_empty(), "{}", listener.broken());
    assert!(listener.generation() < 20, "{} sites", listener.generation());
}

#[test]
fn a_file_that_stays_half_written_is_an_error_until_it_is_whole() {
    let site = site(&small_site());
    let root = site.path();
    let preview = Preview::start(root);
    let listener = preview.listen();
    let text = with_title("Whole");
    let (one, two) = text.split_at(text.find("dns-server").unwrap() + 3);
    let mut file = fs::File::create(root.join(SMALL)).unwrap();
    file.write_all(one.as_bytes()).unwrap();
    file.flush().unwrap();
    wait_until("the error", || !listener.broken().is_empty());
    assert!(preview.page("/en/small/").contains("Small"), "the last good page stays");
    file.write_all(two.as_bytes()).unwrap();
    drop(file);
    wait_until("the whole", || listener.broken().is_empty() && listener.generation() == 2);
    assert!(preview.page("/en/small/").contains("Whole"));
}

#[test]
fn a_site_without_its_content_is_waited_for() {
    let site = site(&small_site());
    let root = site.path();
    let preview = Preview::start(root);
    let listener = preview.listen();
    fs::rename(root.join("content"), root.join("away")).unwrap();
    wait_until("the error", || listener.broken().contains("can't read content"));
    fs::rename(root.join("away"), root.join("content")).unwrap();
    wait_until("no error", || listener.broken().is_empty());
    let before = listener.generation();
    replace(root, SMALL, "name: Small", "name: Back");
    wait_until("a change", || listener.generation() > before);
    assert!(preview.page("/en/small/").contains("Back"));
}

#[test]
fn no_edit_is_lost_and_none_is_remembered() {
    let site = site(&many_products(40));
    let root = site.path();
    let preview = Preview::start(root);
    let listener = preview.listen();
    let mut residents = Vec::new();
    let count = amount(60, 500);
    for number in 0..count {
        let (manner, save) = MANNERS[number % MANNERS.len()];
        let title = format!("Edit {number}");
        save(&root.join(SMALL), &with_title(&title));
        wait_until(&format!("{title}, {manner}"), || preview.page("/en/small/").contains(&title));
        residents.extend(resident(preview.process.id()));
    }
    assert!(listener.broken().is_empty());
    // What the allocator holds goes up and down; the lowest is what is needed. The first third warms it up.
    let lowest = |third: usize| residents[third * count / 3..(third + 1) * count / 3].iter().min().copied();
    if residents.len() == count
        && let (Some(settled), Some(ended)) = (lowest(1), lowest(2))
    {
        // Over few edits that is not over after a third of them.
        assert!(ended * 100 < settled * amount(150, 110), "{settled} KiB became {ended}");
    }
}

/// Memory of a process in KiB, where the system tells.
fn resident(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().trim_end_matches(" kB").parse().ok()
}
