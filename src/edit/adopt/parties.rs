//! Names of ends → components: common ones where a name in any language is theirs, else new ones of the
//! product, each with its name in every language that has one.

use std::collections::{BTreeMap, BTreeSet};

use crate::locale::LocaleId;
use crate::model::{ComponentId, DEVICES, RESERVED_COMPONENTS};
use crate::published::lexicon::{Lexicon, fold_name};
use crate::site::Site;

use super::row::Parties;

/// Longer ids are cut, since flows are called by two of them.
const LONGEST_ID: usize = 30;
/// Words that stand for ends, and those that YAML or its readers take for no text.
const RESERVED: &[&str] = &["any", "unstated", "null", "true", "false", "yes", "no", "on", "off"];

/// A component, common or new.
#[derive(Debug)]
pub(super) struct Party {
    /// The common component it is.
    pub(super) common: Option<ComponentId>,
    /// What each page calls it.
    pub(super) names: BTreeMap<LocaleId, String>,
    /// Its id, once all names are known.
    pub(super) id: String,
    /// The address it was named after, where the page has no name for it.
    pub(super) host: Option<String>,
}

/// Who stands at an end, by positions in the register.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Side {
    Unstated,
    Any,
    Parties(Vec<usize>),
}

/// All parties of the pages.
pub(super) struct Register<'a> {
    site: &'a Site,
    lexicon: Lexicon,
    pub(super) parties: Vec<Party>,
    by_name: BTreeMap<(LocaleId, String), usize>,
}

impl<'a> Register<'a> {
    pub(super) fn new(site: &'a Site) -> Self {
        let lexicon = Lexicon::without_product(site, site.config.locales.source_locale());
        Self { site, lexicon, parties: Vec::new(), by_name: BTreeMap::new() }
    }

    /// Notes the parties of an end. A page that names nobody is helped out by one that does.
    pub(super) fn note(&mut self, versions: &[(LocaleId, &Parties)]) -> Side {
        let most = versions.iter().find_map(|(_, parties)| match parties {
            Parties::Named(names) => Some(names.len()),
            Parties::Any | Parties::Unstated | Parties::Addressed(_) => None,
        });
        let Some(count) = most else {
            let addressed = versions.iter().find_map(|(locale, parties)| match parties {
                Parties::Addressed(host) => Some((*locale, host)),
                Parties::Any | Parties::Unstated | Parties::Named(_) => None,
            });
            if let Some((locale, host)) = addressed {
                return Side::Parties(vec![self.find_or_add_host(locale, host)]);
            }
            let is_any = versions.iter().any(|(_, parties)| **parties == Parties::Any);
            return if is_any { Side::Any } else { Side::Unstated };
        };
        let stated: Vec<(LocaleId, &Vec<String>)> = versions
            .iter()
            .filter_map(|(locale, parties)| match parties {
                Parties::Named(names) if names.len() == count => Some((*locale, names)),
                Parties::Named(_) | Parties::Any | Parties::Unstated | Parties::Addressed(_) => None,
            })
            .collect();
        let mut positions = Vec::new();
        for at in 0..count {
            let names: Vec<(LocaleId, &str)> =
                stated.iter().map(|(locale, list)| (*locale, list[at].as_str())).collect();
            let position = self.find_or_add(&names);
            if !positions.contains(&position) {
                positions.push(position);
            }
        }
        Side::Parties(positions)
    }

    fn find_or_add(&mut self, names: &[(LocaleId, &str)]) -> usize {
        let known = names.iter().find_map(|(locale, name)| self.known(*locale, name));
        let position = known.unwrap_or_else(|| {
            let common = names.iter().find_map(|(_, name)| self.lexicon.component_named(name));
            let same = common.and_then(|common| self.parties.iter().position(|party| party.common == Some(common)));
            same.unwrap_or_else(|| {
                self.parties.push(Party { common, names: BTreeMap::new(), id: String::new(), host: None });
                self.parties.len() - 1
            })
        });
        for (locale, name) in names {
            self.by_name.insert((*locale, fold_name(name)), position);
            self.parties[position].names.entry(*locale).or_insert_with(|| (*name).to_owned());
        }
        position
    }

    fn find_or_add_host(&mut self, locale: LocaleId, host: &str) -> usize {
        let key = (locale, host.to_owned());
        if let Some(known) = self.by_name.get(&key) {
            return *known;
        }
        let name = host.split_once("://").map_or(host, |(_, rest)| rest).trim_start_matches("*.");
        let name = name.split('/').next().unwrap_or(name);
        let id = slug(name).unwrap_or_default();
        self.parties.push(Party { common: None, names: BTreeMap::new(), id, host: Some(name.to_owned()) });
        self.by_name.insert(key, self.parties.len() - 1);
        self.parties.len() - 1
    }

    /// One that was named before, in the singular or in the plural.
    fn known(&self, locale: LocaleId, name: &str) -> Option<usize> {
        let folded = fold_name(name);
        let endings = ["s", "n", "en", "e", "es"];
        let shorter = endings.iter().filter_map(|ending| folded.strip_suffix(ending)).map(str::to_owned);
        let longer = endings.iter().map(|ending| format!("{folded}{ending}"));
        let mut forms = std::iter::once(folded.clone()).chain(shorter).chain(longer);
        forms.find_map(|form| self.by_name.get(&(locale, form)).copied())
    }

    /// The common component whose id a party would have had.
    pub(super) fn like<'i>(&self, party: &'i Party) -> Option<&'i str> {
        let (like, number) = party.id.rsplit_once('-')?;
        number.parse::<u32>().ok()?;
        let common = self.site.model.components.iter().filter(|component| component.product.is_none());
        common.map(|component| component.id.as_str()).any(|id| id == like).then_some(like)
    }

    /// Gives every party its id, of its name in the first of some languages that has letters for one.
    pub(super) fn give_ids(&mut self, order: &[LocaleId]) {
        let mut taken: BTreeSet<String> = self
            .site
            .model
            .components
            .iter()
            .filter(|component| component.product.is_none())
            .map(|component| component.id.clone())
            .collect();
        let reserved = RESERVED.iter().chain(RESERVED_COMPONENTS).chain(DEVICES);
        taken.extend(reserved.map(|word| (*word).to_owned()));
        for party in &mut self.parties {
            if let Some(common) = party.common {
                party.id.clone_from(&self.site.model[common].id);
                continue;
            }
            let of_host = Some(party.id.clone()).filter(|id| !id.is_empty());
            let mut slugs = of_host.into_iter().chain(order.iter().filter_map(|locale| slug(party.names.get(locale)?)));
            // A name without Latin letters gives no id.
            let wanted = slugs.next().unwrap_or_else(|| "party".to_owned());
            party.id = free(&wanted, &taken);
            taken.insert(party.id.clone());
        }
    }
}

/// An id that nothing has yet.
pub(super) fn free(wanted: &str, taken: &BTreeSet<String>) -> String {
    if !taken.contains(wanted) {
        return wanted.to_owned();
    }
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    let mut free = numbered.filter(|id| !taken.contains(id));
    free.next().unwrap_or_default()
}

/// An id made of a name's Latin letters and digits; `None`: it has none to begin with.
pub(super) fn slug(name: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    let mut id = String::new();
    let spelled = name.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
    for c in spelled.nfkd() {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            id.push(c);
        } else if !('\u{300}'..='\u{36f}').contains(&c) && !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let mut id = id.trim_matches('-').to_owned();
    if id.len() > LONGEST_ID {
        let end = id[..LONGEST_ID].rfind('-').unwrap_or(LONGEST_ID);
        id.truncate(end);
    }
    (id.len() > 1 && id.starts_with(|c: char| c.is_ascii_lowercase())).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_what_a_name_has_of_latin_letters() {
        for (name, id) in [
            ("DNS-Server", Some("dns-server")),
            ("Büro & Straße", Some("buero-strasse")),
            ("Café (Paris)", Some("cafe-paris")),
            ("エージェント", None),
            ("Smart Protectionサーバー", Some("smart-protection")),
            ("3PAR", None),
        ] {
            assert_eq!(slug(name).as_deref(), id, "{name}");
        }
        let taken = BTreeSet::from(["a".to_owned(), "a-2".to_owned()]);
        assert_eq!(free("a", &taken), "a-3");
    }
}
