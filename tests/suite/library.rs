//! The crate as other programs use it: `rutter::build`, and what of the crate they see.

use std::fmt::Write as _;

use syn::{Fields, Item, UseTree, Visibility};

use crate::support::{
    expect, files_below, folder, names, repository, rutter, small_site, text, transcript, write_files, written_below,
};

fn options(root: &std::path::Path) -> rutter::Options {
    rutter::Options::new(root.to_str().unwrap())
}

#[test]
fn a_program_builds_what_the_command_builds() {
    let folder = folder();
    write_files(folder.path(), &small_site());
    let mut options = options(folder.path());
    options.output = Some(folder.path().join("own").to_str().unwrap().into());
    options.base_url = Some(rutter::BaseUrl::parse("https://example.org/").unwrap());
    let report = rutter::build(&options).unwrap();
    let told = rutter(folder.path(), &["build", "--base-url", "https://example.org/"]);
    assert!(told.status.success(), "{}", transcript(&told));
    let (own, other) = (folder.path().join("own"), folder.path().join("public"));
    assert_eq!(written_below(&own), written_below(&other));
    // The marker is no file of the site.
    let files = files_below(&own);
    assert_eq!(report.files, files.len() as u64 - 1);
    let sizes = files.iter().filter(|(path, _)| *path != ".rutter").map(|(_, bytes)| bytes.len() as u64);
    assert_eq!(report.bytes, sizes.sum::<u64>());
    assert_eq!((report.locales, report.has_base_url, report.is_unchanged), (vec!["en".to_owned()], true, false));
    assert!(report.time.as_nanos() > 0 && report.sources.is_some());
    let again = rutter::build(&options).unwrap();
    assert!(again.is_unchanged && again.sources.is_none());
    assert_eq!((again.files, again.bytes), (report.files, report.bytes));
    options.force = true;
    assert!(!rutter::build(&options).unwrap().is_unchanged);
}

#[test]
fn what_the_checks_find_is_in_the_report() {
    let folder = folder();
    let mut files = small_site();
    let product = files.get_mut("content/products/small.yaml").unwrap();
    *product = String::from_utf8(product.clone()).unwrap().replacen("rows: ", "rows: 9", 1).into_bytes();
    write_files(folder.path(), &files);
    let report = rutter::build(&options(folder.path())).unwrap();
    assert!(report.errors + report.warnings > 0, "{report:?}");
    assert_eq!(report.diagnostics.len() as u64, report.errors + report.warnings);
    let shown = text(report.sources.as_ref().unwrap(), &report.diagnostics);
    assert!(shown.contains("--> content/products/small.yaml:"), "{shown}");
    // The next build says how many there were, though it reads nothing.
    let again = rutter::build(&options(folder.path())).unwrap();
    assert_eq!((again.is_unchanged, again.errors, again.warnings), (true, report.errors, report.warnings));
}

#[test]
fn an_error_says_why_and_nothing_is_written() {
    let folder = folder();
    match rutter::build(&options(&folder.path().join("nowhere"))) {
        Err(rutter::Error::Read(error)) => assert!(error.to_string().starts_with("can't read "), "{error}"),
        other => panic!("{other:?}"),
    }
    let mut files = small_site();
    files.insert("content/products/other.yaml".to_owned(), b"name: [\n".to_vec());
    write_files(folder.path(), &files);
    let listed = names(folder.path());
    match rutter::build(&options(folder.path())) {
        Err(rutter::Error::Content { diagnostics, sources }) => {
            assert!(text(&sources, &diagnostics).contains("content/products/other.yaml"));
        }
        other => panic!("{other:?}"),
    }
    std::fs::remove_file(folder.path().join("content/products/other.yaml")).unwrap();
    std::fs::create_dir_all(folder.path().join("theme/templates")).unwrap();
    std::fs::write(folder.path().join("theme/templates/home.html"), "{{ nothing }}").unwrap();
    match rutter::build(&options(folder.path())) {
        Err(error @ rutter::Error::Render { .. }) => assert!(error.to_string().contains("home.html"), "{error}"),
        other => panic!("{other:?}"),
    }
    std::fs::remove_dir_all(folder.path().join("theme")).unwrap();
    let mut taken = options(folder.path());
    taken.output = Some(folder.path().join("content").to_str().unwrap().into());
    match rutter::build(&taken) {
        Err(rutter::Error::Output(error)) => assert!(error.to_string().contains("is not replaced"), "{error}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(names(folder.path()), listed);
}

fn parse(path: &str) -> Vec<Item> {
    syn::parse_file(&std::fs::read_to_string(repository().join(path)).unwrap()).unwrap().items
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The names that a `pub use` brings.
fn leaves(tree: &UseTree, path: &str, out: &mut String) {
    match tree {
        UseTree::Path(part) => leaves(&part.tree, &format!("{path}{}::", part.ident), out),
        UseTree::Name(name) => drop(writeln!(out, "use {path}{}", name.ident)),
        UseTree::Rename(rename) => drop(writeln!(out, "use {path}{} as {}", rename.ident, rename.rename)),
        UseTree::Glob(_) => drop(writeln!(out, "use {path}*")),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, path, out)),
    }
}

fn field_names(fields: &Fields) -> String {
    let names = fields.iter().filter_map(|field| field.ident.as_ref());
    names.map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// What of a file is public, an item a line.
fn surface(path: &str) -> String {
    let mut out = String::new();
    for item in parse(path) {
        match item {
            Item::Use(item) if is_public(&item.vis) => leaves(&item.tree, "", &mut out),
            Item::Mod(item) if is_public(&item.vis) => drop(writeln!(out, "mod {}", item.ident)),
            Item::Fn(item) if is_public(&item.vis) => {
                let _ = writeln!(out, "fn {}/{}", item.sig.ident, item.sig.inputs.len());
            }
            Item::Struct(item) if is_public(&item.vis) => {
                assert!(item.fields.iter().all(|field| is_public(&field.vis)), "{}: list its methods too", item.ident);
                let _ = writeln!(out, "struct {} {{ {} }}", item.ident, field_names(&item.fields));
            }
            Item::Enum(item) if is_public(&item.vis) => {
                for variant in &item.variants {
                    let _ =
                        writeln!(out, "enum {}::{} {{ {} }}", item.ident, variant.ident, field_names(&variant.fields));
                }
            }
            _ => {}
        }
    }
    out
}

#[test]
fn what_other_programs_see_changes_knowingly() {
    let build = surface("src/build.rs");
    let surface = format!("# src/lib.rs\n{}\n# src/build.rs\n{build}", surface("src/lib.rs"));
    expect(surface, &repository().join("tests/surface.txt"));
    // A field or a variant more breaks nobody.
    for item in parse("src/build.rs") {
        let (name, attributes) = match &item {
            Item::Struct(item) if is_public(&item.vis) => (&item.ident, &item.attrs),
            Item::Enum(item) if is_public(&item.vis) => (&item.ident, &item.attrs),
            _ => continue,
        };
        assert!(attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive")), "{name} may not grow");
    }
}
