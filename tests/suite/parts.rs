//! A site built in parts: copied into one folder, they are the site.

use std::collections::BTreeMap;
use std::path::Path;

use rutter::inside::render::{Part, RenderCache, RenderOptions, Renderer, render};

use crate::support::{
    files_below, folder, load, many_products, names, real_files, repository, rutter, site_files, small_site,
    transcript, write_files, written_below,
};

type Files = BTreeMap<String, Vec<u8>>;

fn build(root: &Path, arguments: &[&str]) -> String {
    let told = transcript(&rutter(root, &[&["build", "--base-url", "https://example.org/"], arguments].concat()));
    assert!(told.ends_with("--- exit 0\n"), "{told}");
    told
}

/// Builds a site whole and in parts, and copies the parts into one folder, in the order given.
fn assert_merged(name: &str, files: &Files, order: &[u32]) {
    let folder = folder();
    let root = folder.path();
    write_files(root, files);
    build(root, &["--output", "whole"]);
    let mut merged = Files::new();
    for number in order {
        let part = format!("{number}/{}", order.len());
        let told = build(root, &["--part", &part, "--output", "part"]);
        assert!(told.contains(&format!(", part {number} of {}\n", order.len())), "{told}");
        let again = build(root, &["--part", &part, "--output", "part"]);
        assert!(again.contains(": unchanged, "), "{name}, part {part}: {again}");
        for (path, bytes) in files_below(&root.join("part")) {
            assert!(path == ".rutter" || !merged.contains_key(&path), "{name}: {path} is in two parts");
            merged.insert(path, bytes);
        }
    }
    write_files(&root.join("merged"), &merged);
    let whole = written_below(&root.join("whole"));
    let merged = written_below(&root.join("merged"));
    assert_eq!(merged.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>(), "{name}");
    assert!(merged == whole, "{name}: a file of a part is another one");
    // Whoever builds next must look at all of it: the marker is that of the part that was copied last.
    let last = format!("{}/{}", order[order.len() - 1], order.len());
    let told = build(root, &["--output", "merged"]);
    assert!(!told.contains("unchanged"), "{name}: {told}");
    assert!(written_below(&root.join("merged")) == whole);
    let told = build(root, &["--part", &last, "--output", "merged"]);
    assert!(!told.contains("unchanged"), "{name}: {told}");
}

#[test]
fn four_parts_of_the_real_content_are_the_whole_site() {
    assert_merged("content", &real_files(), &[1, 2, 3, 4]);
}

#[test]
fn parts_of_small_sites_are_the_whole_site_in_any_order() {
    let golden = |name: &str| site_files(&repository().join("tests/golden").join(name));
    assert_merged("renames", &golden("renames"), &[3, 1, 4, 2]);
    assert_merged("language-of-its-own", &golden("language-of-its-own"), &[2, 1]);
    assert_merged("one part", &small_site(), &[1]);
}

#[test]
fn a_merged_folder_is_never_taken_for_one_that_stands() {
    let folder = folder();
    let root = folder.path();
    write_files(root, &many_products(3));
    let parts = ["1/2", "2/2"].map(|part| {
        build(root, &["--part", part, "--output", "part"]);
        files_below(&root.join("part"))
    });
    // Whichever marker is left.
    for order in [[0, 1], [1, 0]] {
        for arguments in [&[][..], &["--part", "1/2"], &["--part", "2/2"]] {
            std::fs::remove_dir_all(root.join("public")).unwrap_or_default();
            for part in order {
                write_files(&root.join("public"), &parts[part]);
            }
            let told = build(root, arguments);
            assert!(!told.contains("unchanged"), "{told}");
        }
    }
}

#[test]
fn each_bundle_is_in_one_part() {
    for name in ["smallest", "machines", "language-of-its-own"] {
        let site = load(&site_files(&repository().join("tests/golden").join(name)));
        let renderer = Renderer::new(&site, RenderOptions::default()).unwrap();
        let mut whole = renderer.bundles();
        whole.sort();
        // More parts than bundles: some are empty.
        for of in [1, 2, 3, 7, 1000] {
            let mut parts: Vec<_> =
                (1..=of).flat_map(|number| renderer.bundles_of(Part::new(number, of).unwrap())).collect();
            parts.sort();
            assert_eq!(parts, whole, "{name} in {of} parts");
        }
    }
}

#[test]
fn parts_are_about_as_large_as_each_other() {
    let site = load(&many_products(60));
    let renderer = Renderer::new(&site, RenderOptions::default()).unwrap();
    let weigh = |part: Part| -> usize {
        let bundles = renderer.bundles_of(part).into_iter();
        bundles
            .map(|bundle| {
                let mut cache = RenderCache::default();
                let routes = bundle.routes(&renderer).into_iter();
                routes.map(|route| render(&renderer, &mut cache, route).unwrap().len()).sum::<usize>()
            })
            .sum()
    };
    let sizes: Vec<usize> = (1..=4).map(|number| weigh(Part::new(number, 4).unwrap())).collect();
    let (least, most) = (sizes.iter().min().unwrap(), sizes.iter().max().unwrap());
    assert!(most * 2 < least * 3, "{sizes:?}");
}

#[test]
fn a_part_that_is_none_is_refused_by_its_form() {
    let folder = folder();
    let root = folder.path();
    write_files(root, &small_site());
    let before = names(root);
    for (part, why) in [
        (
            "0/3",
            "is none of 3, which are counted from 1\nhelp: I/N is part I of N parts: the first of 3 is `--part 1/3`",
        ),
        ("4/3", "is none of 3, which are counted from 1\nhelp: I/N"),
        ("1/0", "has no parts\nhelp: I/N"),
        ("x", "is not of the form I/N\nhelp: I/N"),
        ("", "is not of the form I/N\nhelp: I/N"),
        ("2", "is not of the form I/N\nhelp: I/N"),
        ("1/2/3", "is not of the form I/N\nhelp: I/N"),
        ("+1/3", "is not of the form I/N\nhelp: I/N"),
        ("1/ 3", "is not of the form I/N\nhelp: I/N"),
        ("1/99999999999", "is not of the form I/N\nhelp: I/N"),
    ] {
        let told = transcript(&rutter(root, &["build", "--part", part]));
        assert!(told.starts_with(&format!("--- stderr\nerror: --part {part} {why}")), "{part:?}: {told}");
        assert!(told.ends_with("--- exit 2\n"), "{part:?}: {told}");
        assert_eq!(names(root), before, "{part:?}");
    }
}

#[test]
fn the_first_part_says_what_is_wrong_with_the_content() {
    let folder = folder();
    let root = folder.path();
    let mut files = small_site();
    let product = String::from_utf8(files["content/products/small.yaml"].clone()).unwrap();
    let product = product.replace("53/tcp+udp dns", "443/tcp dns").into_bytes();
    files.insert("content/products/small.yaml".to_owned(), product);
    write_files(root, &files);
    for (part, is_said) in [("1/2", true), ("2/2", false)] {
        let told = build(root, &["--part", part]);
        assert_eq!(told.contains("its content has 1 warning"), is_said, "{part}: {told}");
    }
}
