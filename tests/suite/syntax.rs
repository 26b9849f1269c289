//! What the crate's own syntax tells: what it shows to others, what may change, what is spelled once.

use std::collections::BTreeSet;

use syn::visit::Visit;

use crate::support::{files_below, repository};

/// Every file of the crate, parsed.
fn files() -> Vec<(String, syn::File)> {
    let files = files_below(&repository().join("src")).into_iter().filter(|(path, _)| path.ends_with(".rs"));
    files
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes).unwrap();
            let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("src/{path}: {error}"));
            (path, file)
        })
        .collect()
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test")
    })
}

#[test]
fn what_is_finished_is_not_changed() {
    const FINISHED: [&str; 5] = ["Site", "Texts", "Names", "States", "Renderer"];
    let mut met = BTreeSet::new();
    for (path, file) in files() {
        for item in file.items {
            match item {
                syn::Item::Struct(item) if FINISHED.iter().any(|name| item.ident == *name) => {
                    met.insert(item.ident.to_string());
                    let open = item.fields.iter().find(|field| is_public(&field.vis));
                    let open = open.and_then(|field| field.ident.as_ref());
                    assert!(open.is_none(), "src/{path}: anybody may write into `{open:?}` of `{}`", item.ident);
                }
                syn::Item::Impl(item) => {
                    let syn::Type::Path(of) = &*item.self_ty else { continue };
                    let name = of.path.segments.last().unwrap().ident.to_string();
                    if !FINISHED.contains(&name.as_str()) {
                        continue;
                    }
                    for function in item.items {
                        let syn::ImplItem::Fn(function) = function else { continue };
                        let changes = function.sig.receiver().is_some_and(|own| own.mutability.is_some());
                        assert!(!changes, "src/{path}: `{}` changes a finished `{name}`", function.sig.ident);
                    }
                }
                _ => {}
            }
        }
    }
    assert_eq!(met.len(), FINISHED.len(), "{met:?}");
}

/// Names what changes behind a shared reference.
#[derive(Default)]
struct Hidden(BTreeSet<String>);

impl<'ast> Visit<'ast> for Hidden {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_test(&item.attrs) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_type_path(&mut self, path: &'ast syn::TypePath) {
        const CELLS: [&str; 7] = ["RefCell", "OnceCell", "LazyCell", "Mutex", "RwLock", "OnceLock", "LazyLock"];
        let name = path.path.segments.last().unwrap().ident.to_string();
        if CELLS.contains(&name.as_str()) || name.starts_with("Atomic") {
            self.0.insert(name);
        }
        syn::visit::visit_type_path(self, path);
    }
}

#[test]
fn nothing_changes_behind_a_shared_reference_but_what_is_named_here() {
    // What one file could not say; hashes of former texts, made when a record of the first format is met; how many
    // browsers ask a preview, what they are told, and what is left to render for them; whether this process is to be
    // quiet, and when it began.
    const MAY: [&str; 6] =
        ["cli/terminal.rs", "l10n/catalog.rs", "l10n/record.rs", "serve.rs", "serve/hub.rs", "serve/show.rs"];
    let mut met = BTreeSet::new();
    for (path, file) in files() {
        let mut hidden = Hidden::default();
        hidden.visit_file(&file);
        if !hidden.0.is_empty() {
            assert!(MAY.contains(&path.as_str()), "src/{path} holds {:?}", hidden.0);
            met.insert(path);
        }
    }
    assert_eq!(met.len(), MAY.len(), "{met:?}");
}

/// Matches that say what holds for all other kinds of something that will get more of them.
#[derive(Default)]
struct Wildcards {
    found: Vec<String>,
    matches: usize,
}

impl Wildcards {
    const KINDS: [&'static str; 15] = [
        "Traffic",
        "Entry",
        "Over",
        "Port",
        "Transport",
        "Protocol",
        "Reached",
        "Who",
        "Party",
        "Verdict",
        "Standing",
        "HostsKind",
        "ItemKind",
        "RefKind",
        "AddressKind",
    ];

    /// The enum that a pattern takes apart.
    fn kind(pattern: &syn::Pat) -> Option<String> {
        let path = match pattern {
            syn::Pat::Path(pattern) => &pattern.path,
            syn::Pat::TupleStruct(pattern) => &pattern.path,
            syn::Pat::Struct(pattern) => &pattern.path,
            syn::Pat::Or(pattern) => return pattern.cases.iter().find_map(Self::kind),
            _ => return None,
        };
        let name = path.segments.iter().rev().nth(1)?.ident.to_string();
        Self::KINDS.contains(&name.as_str()).then_some(name)
    }
}

impl<'ast> Visit<'ast> for Wildcards {
    fn visit_expr_match(&mut self, found: &'ast syn::ExprMatch) {
        if let Some(kind) = found.arms.iter().find_map(|arm| Self::kind(&arm.pat)) {
            self.matches += 1;
            let rest = |arm: &syn::Arm| {
                let is_named = matches!(&arm.pat, syn::Pat::Ident(ident) if ident.subpat.is_none());
                matches!(arm.pat, syn::Pat::Wild(_)) || is_named
            };
            if found.arms.iter().any(rest) {
                self.found.push(kind);
            }
        }
        syn::visit::visit_expr_match(self, found);
    }
}

#[test]
fn who_takes_traffic_and_items_apart_names_every_kind() {
    let mut matches = 0;
    for (path, file) in files() {
        let mut wildcards = Wildcards::default();
        wildcards.visit_file(&file);
        assert!(wildcards.found.is_empty(), "src/{path}: `_` stands for every other {:?}", wildcards.found);
        matches += wildcards.matches;
    }
    assert!(matches > 10, "{matches}");
}

/// String literals by the places in which they may stand.
struct Literals {
    prefixes: Vec<&'static str>,
    found: Vec<String>,
}

impl<'ast> Visit<'ast> for Literals {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_test(&item.attrs) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        let text = literal.value();
        // Ids of messages of the interface are not made of kinds.
        let is_whole = |prefix: &&&str| text == **prefix || text.starts_with(&format!("{prefix}{{"));
        self.found.extend(self.prefixes.iter().find(is_whole).map(|prefix| (*prefix).to_owned()));
    }
}

#[test]
fn anchors_and_ids_of_texts_are_spelled_in_one_place() {
    let prefixes: Vec<&'static str> = rutter::model::reserved_anchors().chain(["common/", "pages/"]).collect();
    let mut spelled = BTreeSet::new();
    for (path, file) in files() {
        let mut literals = Literals { prefixes: prefixes.clone(), found: Vec::new() };
        literals.visit_file(&file);
        if !literals.found.is_empty() {
            assert!(matches!(path.as_str(), "item.rs" | "model/link.rs"), "src/{path} spells {:?}", literals.found);
            spelled.insert(path);
        }
    }
    assert_eq!(spelled.len(), 2, "{spelled:?}");
}

/// Every string and character of a file's code.
#[derive(Default)]
struct AllLiterals(Vec<String>);

impl<'ast> Visit<'ast> for AllLiterals {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_test(&item.attrs) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        self.0.push(literal.value());
    }

    fn visit_lit_char(&mut self, literal: &'ast syn::LitChar) {
        self.0.push(literal.value().to_string());
    }
}

#[test]
fn no_word_of_a_language_stands_in_the_checks() {
    // Parts of sentences that a writer is told, and the name of a section.
    const TOLD: [&str; 6] = ["none", "row", "rows", "is", "are", "units"];
    let mut words = BTreeSet::new();
    for locale in ["en", "de", "ja"] {
        let text = std::fs::read_to_string(repository().join(format!("i18n/{locale}/language.toml"))).unwrap();
        for quoted in text.split('"').skip(1).step_by(2) {
            words.insert(quoted.to_lowercase());
        }
    }
    assert!(words.len() > 500, "{}", words.len());
    let mut told = Vec::new();
    for (path, file) in files().into_iter().filter(|(path, _)| path.starts_with("check")) {
        let mut literals = AllLiterals::default();
        literals.visit_file(&file);
        for literal in literals.0 {
            let is_foreign = literal.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
            // What a person is told is English; a word that is compared with a text stands alone.
            let is_word = !literal.contains(' ')
                && literal.chars().any(char::is_alphabetic)
                && words.contains(&literal.to_lowercase())
                && !TOLD.contains(&literal.as_str());
            if is_foreign || is_word {
                told.push(format!("src/{path}: {literal:?}"));
            }
        }
    }
    assert!(told.is_empty(), "{told:#?}");
}
