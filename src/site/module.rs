//! The modules of a folder of the theme → one script, which a page can load with one request, and from
//! `file://` too, where browsers load no module.
//!
//! It knows `import { a, b } from "./c.mjs"` and `export` before a declaration, no other form and no
//! circle. The modules share one scope, which costs readers the least: a name that two of them declare
//! is a mistake, and browsers say so. They say what is wrong with any other form, too: it stays.

use std::collections::{BTreeMap, BTreeSet};

use super::script::{Kind, Token, read, write};

/// One script of modules by their names (`fold.mjs`), each behind those that it imports from.
pub(super) fn join(modules: &BTreeMap<&str, &str>) -> String {
    let mut joined = Joined { modules, names: BTreeSet::new(), script: String::new() };
    for name in modules.keys() {
        joined.add(name);
    }
    format!("(()=>{{\"use strict\";\n{}}})();\n", joined.script)
}

struct Joined<'a> {
    modules: &'a BTreeMap<&'a str, &'a str>,
    names: BTreeSet<&'a str>,
    script: String,
}

impl<'a> Joined<'a> {
    fn add(&mut self, name: &'a str) {
        let Some(text) = self.modules.get(name) else { return };
        if !self.names.insert(name) {
            return;
        }
        let Some(module) = Module::read(text) else {
            self.script += text;
            return;
        };
        for import in module.imports {
            self.add(import);
        }
        self.script += &write(&module.body);
    }
}

struct Module<'a> {
    /// Names of the modules that it imports from.
    imports: Vec<&'a str>,
    /// Without imports and without the word `export`.
    body: Vec<Token<'a>>,
}

impl<'a> Module<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let tokens = read(text)?;
        let mut module = Self { imports: Vec::new(), body: Vec::new() };
        let mut rest = tokens.as_slice();
        while let [token, behind @ ..] = rest {
            rest = behind;
            let is_property = module.body.last().is_some_and(|before| before.is("."));
            match token.text {
                "import" if !is_property => {
                    let (name, behind) = import(behind)?;
                    module.imports.push(name);
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

/// The module of `{ a, b } from "./c.mjs";`, and what follows.
fn import<'a, 't>(tokens: &'t [Token<'a>]) -> Option<(&'a str, &'t [Token<'a>])> {
    let close = tokens.iter().position(|token| token.is("}"))?;
    let (names, rest) = tokens.split_at(close);
    let [_, from, specifier, end, rest @ ..] = rest else { return None };
    let is_known = names.first()?.is("{") && names.iter().all(|name| name.text != "as");
    let name = specifier.text.strip_prefix("\"./")?.strip_suffix('"')?;
    (is_known && from.text == "from" && end.is(";")).then_some((name, rest))
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
            ("a.mjs", "// Why.\nimport { b, c } from \"./b.mjs\";\n\nconst e = b + c;\nf.import = e;\n"),
            ("b.mjs", "export const b = 1\nexport class c {}\nexport async function g() {}\n"),
        ];
        let expected =
            "(()=>{\"use strict\";\nconst b=1\nclass c{}\nasync function g(){}\nconst e=b+c;f.import=e;\n})();\n";
        assert_eq!(join(&BTreeMap::from(modules)), expected);
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
            "const a = await import(\"./b.mjs\");\n",
            "a = {} / b;\n",
        ] {
            let modules = BTreeMap::from([("a.mjs", module), ("b.mjs", "export const a = 1;\n")]);
            assert!(join(&modules).contains(module), "{module}");
        }
    }

    #[test]
    fn a_circle_ends() {
        let (a, b) = ("import { b } from \"./b.mjs\";\na();\n", "import { a } from \"./a.mjs\";\nb();\n");
        assert_eq!(join(&BTreeMap::from([("a.mjs", a), ("b.mjs", b)])), "(()=>{\"use strict\";\nb();\na();\n})();\n");
    }
}
