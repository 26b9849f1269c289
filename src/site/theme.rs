//! How the site looks, as found in `theme/`: templates by name, assets with the hash of their
//! content in their name, so that they can be cached for good.

use std::collections::BTreeMap;

use crate::source::{FileId, Sources};

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
    /// Walks the folders: a file that is there is used, no list names it again.
    pub fn load(sources: &Sources) -> Self {
        let named = |(id, file): (FileId, &crate::source::SourceFile)| {
            (file.path.as_str()[TEMPLATES.len()..].to_owned(), (id, file.text.clone()))
        };
        let templates = sources.texts_below(TEMPLATES).map(named).collect();
        let assets = sources.binaries_below(ASSETS).map(|file| {
            let name = file.path.as_str()[ASSETS.len()..].to_owned();
            Asset { file_name: fingerprint(&name, &file.bytes), name, bytes: file.bytes.clone() }
        });
        let statics = sources
            .binaries_below(STATIC)
            .map(|file| (file.path.as_str()[STATIC.len()..].to_owned(), file.bytes.clone()));
        Self { templates, assets: assets.collect(), statics: statics.collect() }
    }

    /// All assets.
    pub fn asset_ids(&self) -> impl Iterator<Item = AssetId> + use<> {
        (0..self.assets.len() as u32).map(AssetId)
    }

    /// The asset behind an id.
    pub fn asset(&self, id: AssetId) -> &Asset {
        &self.assets[id.0 as usize]
    }
}

fn fingerprint(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    format!("{stem}.{}.{extension}", &hash[..8])
}
