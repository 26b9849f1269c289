//! How the site looks, as found in `theme/`: templates by name, assets with the hash of their
//! content in their name, so that they can be cached for good.

use std::collections::BTreeMap;

use super::module::{Modules, join};
use super::script::bare;
use super::style;
use crate::source::Sources;
use crate::span::FileId;

/// Position of an asset in the theme.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AssetId(u32);

/// A file of `theme/assets/`.
#[derive(Debug)]
pub struct Asset {
    /// `style.css`
    pub name: String,
    /// `style.1f2e3d4c.css`
    pub file_name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Made of a folder of scripts: no page loads it by itself.
    pub is_lazy: bool,
}

/// Templates and assets of a site: the built-in ones, overridden file by file.
#[derive(Debug, Default)]
pub struct Theme {
    /// Source text by name (`product.html`).
    pub templates: BTreeMap<String, (FileId, String)>,
    /// In the order of their names.
    assets: Vec<Asset>,
    /// Files of `static/`, by path below it.
    pub statics: Vec<(String, Vec<u8>)>,
}

const TEMPLATES: &str = "theme/templates/";
const ASSETS: &str = "theme/assets/";
const STATIC: &str = "static/";

impl Theme {
    /// Walks the folders: a file that is there is used, no list names it again. The scripts of a folder
    /// in `assets/` become one, in the order of their names, and so do its modules behind them, in the
    /// order in which they need each other, with those of other folders that they need. The style sheets of a
    /// folder become one, too: what each page needs is one request, and one line in its head.
    pub fn load(sources: &Sources) -> Self {
        let named = |(id, file): (FileId, &crate::source::SourceFile)| {
            (file.path.as_str()[TEMPLATES.len()..].to_owned(), (id, file.text.clone()))
        };
        let templates = sources.texts_below(TEMPLATES).map(named).collect();
        let (mut assets, mut folders) = (Vec::new(), BTreeMap::<&str, Vec<&str>>::new());
        let mut sheets = BTreeMap::<&str, String>::new();
        let mut modules = Modules::new();
        for file in sources.binaries_below(ASSETS) {
            let name = &file.path.as_str()[ASSETS.len()..];
            match (name.split_once('/'), std::str::from_utf8(&file.bytes)) {
                (Some((folder, _)), Ok(script)) if name.ends_with(".mjs") => {
                    folders.entry(folder).or_default();
                    modules.insert(name, script);
                }
                (Some((folder, _)), Ok(script)) if name.ends_with(".js") => {
                    folders.entry(folder).or_default().push(script);
                }
                (Some((folder, _)), Ok(sheet)) if name.ends_with(".css") => {
                    *sheets.entry(folder).or_default() += &style::bare(sheet);
                }
                (None, Ok(sheet)) if name.ends_with(".css") => {
                    assets.push(asset(name.to_owned(), style::bare(sheet).into_bytes(), false));
                }
                _ => assets.push(asset(name.to_owned(), file.bytes.clone(), false)),
            }
        }
        let script = |(folder, scripts): (&str, Vec<&str>)| {
            let mut script: String = scripts.into_iter().map(bare).collect();
            if modules.keys().any(|path| path.split_once('/').is_some_and(|(of, _)| of == folder)) {
                script += &join(folder, &modules);
            }
            asset(format!("{folder}.js"), script.into_bytes(), true)
        };
        assets.extend(folders.into_iter().map(script));
        assets.extend(
            sheets.into_iter().map(|(folder, sheet)| asset(format!("{folder}.css"), sheet.into_bytes(), false)),
        );
        assets.sort_by(|a, b| a.name.cmp(&b.name));
        let statics = sources
            .binaries_below(STATIC)
            .map(|file| (file.path.as_str()[STATIC.len()..].to_owned(), file.bytes.clone()));
        Self { templates, assets, statics: statics.collect() }
    }

    /// All assets.
    pub fn asset_ids(&self) -> impl Iterator<Item = AssetId> + use<> {
        (0..self.assets.len() as u32).map(AssetId)
    }

    /// The asset with a name (`style.css`).
    pub fn find_asset(&self, name: &str) -> Option<AssetId> {
        self.asset_ids().find(|id| self.asset(*id).name == name)
    }

    /// The asset behind an id.
    pub fn asset(&self, id: AssetId) -> &Asset {
        &self.assets[id.0 as usize]
    }
}

fn asset(name: String, bytes: Vec<u8>, is_lazy: bool) -> Asset {
    Asset { file_name: fingerprint(&name, &bytes), name, bytes, is_lazy }
}

fn fingerprint(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    format!("{stem}.{}.{extension}", &hash[..8])
}
