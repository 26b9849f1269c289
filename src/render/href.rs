//! Links. They are relative, so that the site works at the root of a domain, below any path and,
//! where asked for, from a folder without a server. A link is made from a route, never from text.

use super::facts::Script;
use super::holes::Hole;
use crate::locale::LocaleId;
use crate::model::{Anchor, Anchored, Link, NoteTarget, PageRoute, ProductId};
use crate::site::{AssetId, Site};

/// How links to pages are written.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Links {
    /// `…/agent/`, for a server.
    #[default]
    Folders,
    /// `…/agent/index.html`, for `file://`.
    Files,
}

/// Writes links from one page.
#[derive(Clone, Debug)]
pub struct Hrefs<'a> {
    site: &'a Site,
    links: Links,
    /// Permalink of the page the links stand on.
    from: String,
    /// What stands before each link.
    prefix: &'static str,
    /// Whether the links stand in a page's twin. Markdown has no anchors: what is on the page itself
    /// is reached on the page for browsers.
    is_twin: bool,
    /// Set where the links stand in a fragment, on a page that is not the site's.
    outside: Option<Outside<'a>>,
}

/// What a fragment of a page needs to know of where it will stand.
#[derive(Clone, Copy, Debug)]
struct Outside<'a> {
    /// Where the site stands, ending in `/`.
    base: &'a str,
    page: PageRoute,
    /// What stands before each of its anchors: a page may include several fragments.
    prefix: &'a str,
}

/// Where the assets are.
pub(super) const ASSETS: &str = "assets";

/// The words of a product among the assets.
pub(super) fn taken(site: &Site, locale: LocaleId, product: ProductId) -> String {
    format!("{ASSETS}/facts/{}.{}.js", site.model[product].id, site.config.locales.tag(locale))
}

/// What the scripts of rows say in a locale, among the assets.
pub(super) fn words(site: &Site, locale: LocaleId) -> String {
    format!("{ASSETS}/facts/{}.js", site.config.locales.tag(locale))
}

/// The formats of rules, among the assets.
pub(super) fn rule_formats(script: &Script) -> String {
    format!("{ASSETS}/rules/formats.{}.js", script.version())
}

/// What the script of rules says in a locale, among the assets. A product may be called like a locale.
pub(super) fn rule_words(site: &Site, locale: LocaleId) -> String {
    format!("{ASSETS}/rules/words.{}.js", site.config.locales.tag(locale))
}

/// The permalink of a page.
pub(super) fn page_permalink(site: &Site, locale: LocaleId, page: PageRoute) -> String {
    let mut permalink = String::with_capacity(64);
    permalink.push_str(site.config.locales.tag(locale));
    permalink.push('/');
    site.model.push_path(&mut permalink, page);
    permalink
}

impl<'a> Hrefs<'a> {
    /// Links from a page of a locale.
    pub fn from_page(site: &'a Site, links: Links, locale: LocaleId, page: PageRoute) -> Self {
        Self { site, links, from: page_permalink(site, locale, page), prefix: "", is_twin: false, outside: None }
    }

    /// Links from a fragment of a page, which stands on a page elsewhere.
    pub(super) fn from_outside(
        site: &'a Site,
        base: &'a str,
        locale: LocaleId,
        page: PageRoute,
        prefix: &'a str,
    ) -> Self {
        let outside = Some(Outside { base, page, prefix });
        Self { outside, ..Self::from_page(site, Links::Folders, locale, page) }
    }

    /// Whether the links stand in a fragment. What is written there has none of what pages share.
    pub(super) fn is_outside(&self) -> bool {
        self.outside.is_some()
    }

    /// The anchor of an item on a page.
    pub(super) fn anchor(&self, page: PageRoute, item: Anchored) -> String {
        let prefix = self.outside.map_or("", |outside| outside.prefix);
        format!("{prefix}{}", self.site.model.anchor(page, item))
    }

    /// Its old anchors. Nobody has ever been led to those of a fragment.
    pub(super) fn former_anchors(&self, page: PageRoute, item: Anchored) -> Vec<String> {
        if self.is_outside() { Vec::new() } else { self.site.model.former_anchors(page, item) }
    }

    /// The same links as they stand in Markdown.
    pub(super) fn in_twin(self) -> Self {
        Self { is_twin: true, ..self }
    }

    /// Links from a path below the root that is no page of the model.
    pub(super) fn from_path(site: &'a Site, links: Links, from: String) -> Self {
        Self { site, links, from, prefix: "", is_twin: false, outside: None }
    }

    /// Links from the root.
    pub fn from_root(site: &'a Site, links: Links) -> Self {
        Self { site, links, from: String::new(), prefix: "", is_twin: false, outside: None }
    }

    /// Links that any page of a product can use, once [`Hrefs::way_to_product`] fills the holes.
    pub(super) fn with_holes(site: &'a Site, links: Links, locale: LocaleId, product: ProductId) -> Self {
        let from = page_permalink(site, locale, PageRoute::Product(product));
        Self { site, links, from, prefix: Hole::Product.marker(), is_twin: false, outside: None }
    }

    /// From a page of a product to the product's own: `../` for each folder below it.
    pub(super) fn way_to_product(&self) -> String {
        let product_depth = "locale/product/".matches('/').count();
        "../".repeat(self.from.matches('/').count().saturating_sub(product_depth))
    }

    /// Writes a link to a page, perhaps to a place on it.
    pub fn to<'m>(&self, locale: LocaleId, link: impl Into<Link<'m>>) -> String {
        let link = link.into();
        if let Some(outside) = self.outside {
            return self.out_of_fragment(outside, locale, link);
        }
        let Link { page, anchor } = link;
        let mut target = page_permalink(self.site, locale, page);
        let is_here = anchor.is_some() && target == self.from && !self.is_twin;
        // To a place on the page itself nothing but the anchor; a hole ends in the folder of the page.
        if self.links == Links::Files && (!is_here || !self.prefix.is_empty()) {
            target.push_str("index.html");
        }
        let mut link = String::with_capacity(self.prefix.len() + target.len() + 32);
        link.push_str(self.prefix);
        if is_here {
            link.push_str(&target[self.from.len()..]);
        } else {
            push_relative(&mut link, &self.from, &target);
        }
        if let Some(anchor) = anchor {
            link.push('#');
            self.site.model.push_anchor(&mut link, page, anchor);
        }
        link
    }

    /// A link of a fragment: within it, or to the site.
    fn out_of_fragment(&self, outside: Outside<'_>, locale: LocaleId, Link { page, anchor }: Link<'_>) -> String {
        let permalink = page_permalink(self.site, locale, page);
        let is_here = page == outside.page && permalink == self.from && !self.is_twin;
        match anchor {
            Some(Anchor::Item(item)) if is_here && self.is_in_fragment(item) => {
                format!("#{}", self.anchor(page, item))
            }
            Some(anchor) => format!("{}{permalink}#{}", outside.base, self.site.model.anchor(page, anchor)),
            None => format!("{}{permalink}", outside.base),
        }
    }

    /// Whether a fragment shows an item of its page: rows, the notes on them, sources.
    fn is_in_fragment(&self, item: Anchored) -> bool {
        match item {
            Anchored::Flow(_) | Anchored::Source(_) => true,
            Anchored::Note(id) => {
                let on = &self.site.model[id].on;
                on.is_empty() || !on.iter().all(|target| matches!(target, NoteTarget::Option(_)))
            }
            Anchored::Member(..)
            | Anchored::Option(..)
            | Anchored::Scenario(_)
            | Anchored::Term(_)
            | Anchored::Section(..) => false,
        }
    }

    /// The way to the site's root: empty, or ending in `/`.
    pub fn root(&self) -> String {
        if let Some(outside) = self.outside {
            return outside.base.to_owned();
        }
        "../".repeat(self.from.matches('/').count())
    }

    /// A link to the words of a product, of which browsers keep no older version.
    pub(super) fn taken(&self, locale: LocaleId, product: ProductId, version: &str) -> String {
        self.file(&taken(self.site, locale, product)) + "?" + version
    }

    /// A link to what the scripts of rows say, likewise.
    pub(super) fn words(&self, locale: LocaleId, version: &str) -> String {
        self.file(&words(self.site, locale)) + "?" + version
    }

    /// A link to what the script of rules says.
    pub(super) fn rule_words(&self, locale: LocaleId, version: &str) -> String {
        self.file(&rule_words(self.site, locale)) + "?" + version
    }

    /// A link to what rules of a product are made of.
    pub(super) fn rule_facts(&self, path: &str, version: &str) -> String {
        self.file(&format!("{ASSETS}/{path}")) + "?" + version
    }

    /// A link to an asset of the theme.
    pub fn asset(&self, id: AssetId) -> String {
        self.file(&format!("assets/{}", self.site.theme.asset(id).file_name))
    }

    /// A link to a file by its permalink.
    pub(super) fn file(&self, permalink: &str) -> String {
        if let Some(outside) = self.outside {
            return format!("{}{permalink}", outside.base);
        }
        let mut link = String::new();
        push_relative(&mut link, &self.from, permalink);
        link
    }
}

/// Appends the way from one permalink to another.
fn push_relative(out: &mut String, from: &str, to: &str) {
    let same = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    let shared = from.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    let up = from[shared..].matches('/').count();
    for _ in 0..up {
        out.push_str("../");
    }
    out.push_str(&to[shared..]);
    if up == 0 && to.len() == shared {
        out.push_str("./");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_between_permalinks_is_relative() {
        for (from, to, expected) in [
            ("en/a/", "en/a/", "./"),
            ("en/a/", "en/a/b/", "b/"),
            ("en/a/b/", "en/a/", "../"),
            ("en/a/b/", "de/a/b/", "../../../de/a/b/"),
            ("", "en/", "en/"),
            ("en/", "assets/x.css", "../assets/x.css"),
            ("en/a/", "en/ab/", "../ab/"),
            ("en/a/", "en/a/index.html", "index.html"),
        ] {
            let mut way = String::new();
            push_relative(&mut way, from, to);
            assert_eq!(way, expected, "{from} → {to}");
        }
    }
}
