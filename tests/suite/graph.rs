//! Which file of the crate names which other: read from the syntax, so that a name in a comment or a
//! string is none.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::Visit;

use crate::support::{files_below, repository};

/// A module by its path below the crate: `["check", "translation"]`.
type Module = Vec<String>;

/// What the files of the crate name.
pub(super) struct Graph {
    /// File → files that it takes names from.
    pub(super) names: BTreeMap<String, BTreeSet<String>>,
    /// File → other crates that it takes names from.
    pub(super) crates: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Of `src`, without its tests.
    pub(super) fn read() -> Self {
        let files: BTreeMap<String, String> = files_below(&repository().join("src"))
            .into_iter()
            .filter(|(path, _)| path.ends_with(".rs"))
            .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
            .collect();
        let modules: BTreeMap<Module, String> = files.keys().map(|path| (module_of(path), path.clone())).collect();
        let (mut edges, mut crates) = (BTreeMap::new(), BTreeMap::new());
        for (path, text) in &files {
            let module = module_of(path);
            let mut reader =
                Reader { module: &module, modules: &modules, named: BTreeSet::new(), crates: BTreeSet::new() };
            reader.visit_file(&syn::parse_file(text).unwrap_or_else(|error| panic!("src/{path}: {error}")));
            let mut named = reader.named;
            // The file at the head of a folder leads the files in it, which share what it holds.
            let folder = format!("{}/", path.strip_suffix(".rs").unwrap());
            named.retain(|other| other != path && !other.starts_with(&folder));
            edges.insert(path.clone(), named);
            crates.insert(path.clone(), reader.crates);
        }
        Self { names: edges, crates }
    }

    /// A way from a file back to itself, if there is one.
    pub(super) fn circle(&self) -> Option<Vec<String>> {
        let mut done = BTreeSet::new();
        self.names.keys().find_map(|file| self.way_back(file, &mut Vec::new(), &mut done))
    }

    fn way_back(&self, file: &str, way: &mut Vec<String>, done: &mut BTreeSet<String>) -> Option<Vec<String>> {
        if let Some(start) = way.iter().position(|known| known == file) {
            return Some(way[start..].iter().cloned().chain([file.to_owned()]).collect());
        }
        if done.contains(file) {
            return None;
        }
        way.push(file.to_owned());
        let found = self.names[file].iter().find_map(|next| self.way_back(next, way, done));
        way.pop();
        done.insert(file.to_owned());
        found
    }
}

fn module_of(path: &str) -> Module {
    let module = path.strip_suffix(".rs").unwrap();
    if matches!(module, "lib" | "main") { Vec::new() } else { module.split('/').map(str::to_owned).collect() }
}

struct Reader<'a> {
    module: &'a Module,
    modules: &'a BTreeMap<Module, String>,
    named: BTreeSet<String>,
    crates: BTreeSet<String>,
}

impl Reader<'_> {
    /// Notes the file that a path leads into. `crate`, `super` and the names of own children begin one.
    fn name(&mut self, path: &[String]) {
        let mut at: Module = match path.first().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some("super" | "self") => self.module.clone(),
            Some(first) => {
                let child: Module = self.module.iter().cloned().chain([first.to_owned()]).collect();
                if !self.modules.contains_key(&child) || path.len() < 2 {
                    self.crates.insert(first.to_owned());
                    return;
                }
                self.module.clone()
            }
            None => return,
        };
        for part in path {
            match part.as_str() {
                "crate" | "self" => {}
                "super" => {
                    at.pop();
                }
                name => {
                    at.push(name.to_owned());
                    if !self.modules.contains_key(&at) {
                        at.pop();
                        break;
                    }
                }
            }
        }
        // The crate's root only lists its rooms.
        if !at.is_empty() {
            self.named.extend(self.modules.get(&at).cloned());
        }
    }

    fn name_tree(&mut self, tree: &syn::UseTree, path: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(next) => {
                path.push(next.ident.to_string());
                self.name_tree(&next.tree, path);
                path.pop();
            }
            syn::UseTree::Name(last) => {
                path.push(last.ident.to_string());
                self.name(path);
                path.pop();
            }
            syn::UseTree::Rename(last) => {
                path.push(last.ident.to_string());
                self.name(path);
                path.pop();
            }
            syn::UseTree::Glob(_) => self.name(path),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.name_tree(item, path)),
        }
    }
}

/// Every name in a file, its tests apart.
pub(super) fn names_in(file: &syn::File) -> BTreeSet<String> {
    struct Names(BTreeSet<String>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
            if !is_test(&item.attrs) {
                syn::visit::visit_item_mod(self, item);
            }
        }

        fn visit_ident(&mut self, ident: &'ast syn::Ident) {
            self.0.insert(ident.to_string());
        }
    }
    let mut names = Names(BTreeSet::new());
    names.visit_file(file);
    names.0
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let words = attribute.parse_args::<syn::Ident>();
        attribute.path().is_ident("cfg") && words.is_ok_and(|word| word == "test")
    })
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_test(&item.attrs) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        // What a room shows of its own children is its front, no use it has for them.
        if matches!(item.vis, syn::Visibility::Inherited) {
            self.name_tree(&item.tree, &mut Vec::new());
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.name(&parts);
        syn::visit::visit_path(self, path);
    }
}
