//! The modules of a folder of the theme → one script, which a page can load with one request, and from
//! `file://` too, where browsers load no module.
//!
//! It knows `import { a, b } from "./c.mjs"`, the same from a folder beside its own (`"../d/c.mjs"`), and
//! `export` before a declaration, no other form and no circle. Of another folder a script gets what it
//! imports, and no more. The modules share one scope, which costs readers the least: a name that two of
//! them declare is a mistake, and browsers say so. They say what is wrong with any other form, too: it
//! stays.

use std::collections::{BTreeMap, BTreeSet};

use super::script::{Kind, Token, read, write};

/// Modules by their paths below the assets (`search/fold.mjs`).
pub(crate) type Modules<'a> = BTreeMap<&'a str, &'a str>;

/// One script of the modules of a folder, each behind those that it imports from.
pub(crate) fn join(folder: &str, modules: &Modules<'_>) -> String {
    let mut joined = Joined { modules, paths: BTreeSet::new(), script: String::new() };
    let is_here = |path: &&&str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    for path in modules.keys().filter(is_here) {
        joined.add(path);
    }
    format!("(()=>{{\"use strict\";\n{}}})();\n", joined.script)
}

struct Joined<'a> {
    modules: &'a Modules<'a>,
    paths: BTreeSet<&'a str>,
    script: String,
}

impl Joined<'_> {
    fn add(&mut self, path: &str) {
        let Some((&path, &text)) = self.modules.get_key_value(path) else { return };
        if !self.paths.insert(path) {
            return;
        }
        let Some(module) = Module::read(path, text) else {
            self.script += text;
            return;
        };
        for import in module.imports {
            self.add(&import);
        }
        self.script += &write(&module.body);
    }
}

/// The path below the assets that a specifier means in a module with a path of its own.
fn resolve(path: &str, specifier: &str) -> Option<String> {
    if !specifier.starts_with("./") && !specifier.starts_with("../") {
        return None;
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in specifier.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    // What lies in no folder is no module.
    (parts.len() > 1).then(|| parts.join("/"))
}

struct Module<'a> {
    /// Paths of the modules that it imports from.
    imports: Vec<String>,
    /// Without imports and without the word `export`.
    body: Vec<Token<'a>>,
}

impl<'a> Module<'a> {
    fn read(path: &str, text: &'a str) -> Option<Self> {
        let tokens = read(text)?;
        let mut module = Self { imports: Vec::new(), body: Vec::new() };
        let mut rest = tokens.as_slice();
        while let [token, behind @ ..] = rest {
            rest = behind;
            let is_property = module.body.last().is_some_and(|before| before.is("."));
            match token.text {
                "import" if !is_property => {
                    let (specifier, behind) = import(behind)?;
                    module.imports.push(resolve(path, specifier)?);
                    rest = behind;
                }
                "export" if !is_property => {
                    let (keyword, behind) = declaration(behind)?;
                    module.body.push(Token { gap: token.gap, ..keyword });
                    rest = behind;
                }
                _ => module.body.push(*token),
            }
        }
        Some(module)
    }
}

/// The specifier of `{ a, b } from "./c.mjs";`, and what follows.
fn import<'a, 't>(tokens: &'t [Token<'a>]) -> Option<(&'a str, &'t [Token<'a>])> {
    let close = tokens.iter().position(|token| token.is("}"))?;
    let (names, rest) = tokens.split_at(close);
    let [_, from, specifier, end, rest @ ..] = rest else { return None };
    let is_known = names.first()?.is("{") && names.iter().all(|name| name.text != "as");
    let specifier = specifier.text.strip_prefix('"')?.strip_suffix('"')?;
    (is_known && from.text == "from" && end.is(";")).then_some((specifier, rest))
}

/// The first word of a declaration, and what follows.
fn declaration<'a, 't>(tokens: &'t [Token<'a>]) -> Option<(Token<'a>, &'t [Token<'a>])> {
    let (keyword, rest) = tokens.split_first()?;
    let is_known = ["const", "let", "class", "function", "async"].contains(&keyword.text);
    (is_known && rest.first()?.kind == Kind::Word).then_some((*keyword, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_stands_behind_those_it_imports_from() {
        let modules = [
            ("f/a.mjs", "// Why.\nimport { b, c } from \"./b.mjs\";\n\nconst e = b + c;\nf.import = e;\n"),
            ("f/b.mjs", "export const b = 1\nexport class c {}\nexport async function g() {}\n"),
        ];
        let expected =
            "(()=>{\"use strict\";\nconst b=1\nclass c{}\nasync function g(){}\nconst e=b+c;f.import=e;\n})();\n";
        assert_eq!(join("f", &BTreeMap::from(modules)), expected);
    }

    #[test]
    fn of_a_folder_beside_its_own_a_script_gets_what_it_imports() {
        let modules = BTreeMap::from([
            ("a/main.mjs", "import { b } from \"../b/one.mjs\";\nb();\n"),
            ("ab/main.mjs", "import { c } from \"./two.mjs\";\nc();\n"),
            ("ab/two.mjs", "export const c = 4;\n"),
            ("b/main.mjs", "import { b } from \"./one.mjs\";\nb(1);\n"),
            ("b/one.mjs", "import { c } from \"./two.mjs\";\nexport const b = c;\n"),
            ("b/two.mjs", "export const c = 2;\n"),
        ]);
        assert_eq!(join("a", &modules), "(()=>{\"use strict\";\nconst c=2;\nconst b=c;\nb();\n})();\n");
        assert_eq!(join("b", &modules), "(()=>{\"use strict\";\nconst c=2;\nconst b=c;\nb(1);\n})();\n");
        assert_eq!(join("ab", &modules), "(()=>{\"use strict\";\nconst c=4;\nc();\n})();\n");
    }

    #[test]
    fn what_is_not_understood_stays() {
        for module in [
            "export default 1;\n",
            "export { a };\n",
            "export const { a } = b;\n",
            "import a from \"./b.mjs\";\n",
            "import { a as b } from \"./b.mjs\";\n",
            "import { a } from \"b\";\n",
            "import { a } from \"../b.mjs\";\n",
            "import { a } from \"../../f/b.mjs\";\n",
            "const a = await import(\"./b.mjs\");\n",
            "a = {} / b;\n",
        ] {
            let modules = BTreeMap::from([("f/a.mjs", module), ("f/b.mjs", "export const a = 1;\n")]);
            assert!(join("f", &modules).contains(module), "{module}");
        }
    }

    #[test]
    fn a_circle_ends() {
        let (a, b) = ("import { b } from \"./b.mjs\";\na();\n", "import { a } from \"./a.mjs\";\nb();\n");
        assert_eq!(
            join("f", &BTreeMap::from([("f/a.mjs", a), ("f/b.mjs", b)])),
            "(()=>{\"use strict\";\nb();\na();\n})();\n"
        );
    }
}
