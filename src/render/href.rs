//! Links. They are relative, so that the site works at the root of a domain, below any path and,
//! where asked for, from a folder without a server. A link is made from a route, never from text.

use crate::locale::LocaleId;
use crate::model::{AnchorId, PageRoute};
use crate::site::{AssetId, Site};

/// How links to pages are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Links {
    /// `…/agent/`, for a server.
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
    /// What stands before each link to another page.
    prefix: &'static str,
}

/// Stands where the way to the root belongs, in what is rendered once for many pages: a scheme that
/// no link of ours has and that no escaping changes.
const HOLE: &str = "rutter-root:";

/// The permalink of a page.
pub(super) fn page_permalink(site: &Site, locale: LocaleId, page: PageRoute) -> String {
    format!("{}/{}", site.config.locales.tag(locale), site.model.path(page))
}

impl<'a> Hrefs<'a> {
    /// Links from a page of a locale.
    pub fn from_page(site: &'a Site, links: Links, locale: LocaleId, page: PageRoute) -> Self {
        Self { site, links, from: page_permalink(site, locale, page), prefix: "" }
    }

    /// Links from a path below the root that is no page of the model.
    pub(super) fn from_path(site: &'a Site, links: Links, from: String) -> Self {
        Self { site, links, from, prefix: "" }
    }

    /// Links from the root.
    pub fn from_root(site: &'a Site, links: Links) -> Self {
        Self { site, links, from: String::new(), prefix: "" }
    }

    /// Links that any page can use, once [`Hrefs::fill`] has led them to the root.
    pub(super) fn with_holes(site: &'a Site, links: Links) -> Self {
        Self { site, links, from: String::new(), prefix: HOLE }
    }

    /// Leads links with holes from this page to the root.
    pub(super) fn fill(&self, text: &str) -> String {
        text.replace(HOLE, &self.root())
    }

    /// A link to a page, perhaps to an anchor on it.
    pub fn page(&self, locale: LocaleId, page: PageRoute, anchor: Option<&AnchorId>) -> String {
        let permalink = page_permalink(self.site, locale, page);
        let anchor = anchor.map(|anchor| format!("#{}", anchor.as_str())).unwrap_or_default();
        if permalink == self.from && !anchor.is_empty() {
            return anchor;
        }
        let file = if self.links == Links::Files { "index.html" } else { "" };
        format!("{}{}{anchor}", self.prefix, relative(&self.from, &format!("{permalink}{file}")))
    }

    /// The way to the site's root: empty, or ending in `/`.
    pub fn root(&self) -> String {
        "../".repeat(self.from.matches('/').count())
    }

    /// A link to an asset of the theme.
    pub fn asset(&self, id: AssetId) -> String {
        relative(&self.from, &format!("assets/{}", self.site.theme.asset(id).file_name))
    }
}

/// The way from one permalink to another.
fn relative(from: &str, to: &str) -> String {
    let shared = from
        .split_inclusive('/')
        .zip(to.split_inclusive('/'))
        .take_while(|(a, b)| a == b && a.ends_with('/'))
        .map(|(a, _)| a.len())
        .sum();
    let up = from[shared..].matches('/').count();
    let way = format!("{}{}", "../".repeat(up), &to[shared..]);
    if way.is_empty() { "./".to_owned() } else { way }
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
            assert_eq!(relative(from, to), expected, "{from} → {to}");
        }
    }
}
