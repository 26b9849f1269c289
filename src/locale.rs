//! Locales of a site: their tags, their order, their writing direction.

use serde::Serialize;

/// Position of a locale in the site's list, which is also its place in the language menu.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LocaleId(pub u16);

impl LocaleId {
    /// As an index into a list with one entry per locale.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Writing direction, the value of HTML's `dir`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// One locale of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Locale {
    /// BCP 47 tag as written in `site.toml`, for example `ja` or `pt-BR`.
    pub tag: String,
    /// Its texts may be missing: the source text is shown with a mark and `check` stays silent.
    pub is_draft: bool,
}

impl Locale {
    /// From the script of the language; the list is CLDR's right-to-left languages.
    pub fn direction(&self) -> Direction {
        let language = self.tag.split('-').next().unwrap_or_default();
        match language {
            "ar" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => Direction::Rtl,
            _ => Direction::Ltr,
        }
    }
}

/// What languages call themselves: `tag⇥name`. They belong to no locale of a site and so to no
/// catalog, which may be empty when a language is begun.
const OWN_NAMES: &str = include_str!("locale/names.tsv");

impl Locale {
    /// What the language calls itself, if that is known: of a tag with a region or script first with
    /// them, then without; otherwise the tag.
    pub fn own_name(&self) -> &str {
        let mut tag = self.tag.as_str();
        loop {
            if let Some(name) = own_name_of(tag) {
                return name;
            }
            match tag.rsplit_once('-') {
                Some((shorter, _)) => tag = shorter,
                None => return &self.tag,
            }
        }
    }
}

fn own_name_of(tag: &str) -> Option<&'static str> {
    let mut lines = OWN_NAMES.lines().filter(|line| !line.starts_with('#'));
    lines.find_map(|line| line.split_once('\t').filter(|(known, _)| *known == tag)).map(|(_, name)| name)
}

/// The locales of a site, in menu order.
#[derive(Clone, Debug)]
pub struct Locales {
    list: Vec<Locale>,
    source: LocaleId,
}

impl Locales {
    /// `source` is the locale in which texts are written first.
    pub fn new(list: Vec<Locale>, source: LocaleId) -> Self {
        Self { list, source }
    }

    /// The locale in which texts are written first.
    pub fn source_locale(&self) -> LocaleId {
        self.source
    }

    /// Looks a tag up.
    pub fn find(&self, tag: &str) -> Option<LocaleId> {
        let position = self.list.iter().position(|locale| locale.tag == tag)?;
        Some(LocaleId(position as u16))
    }

    /// The locale behind an id.
    pub fn get(&self, id: LocaleId) -> &Locale {
        &self.list[id.index()]
    }

    /// The tag behind an id.
    pub fn tag(&self, id: LocaleId) -> &str {
        &self.get(id).tag
    }

    /// All ids in menu order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = LocaleId> + use<> {
        (0..self.list.len() as u16).map(LocaleId)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
