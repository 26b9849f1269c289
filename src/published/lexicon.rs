//! The words by which a page is read: names of services and components from the content, ports and
//! conditions from the lists of its language, months from the interface text. None stands in the code,
//! so a locale that is added can be audited at once.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::l10n::Args;
use crate::locale::LocaleId;
use crate::model::{ComponentId, Id, ProductId, ServiceId};
use crate::site::Site;
use crate::value::{Port, Transport};
use crate::words::is_wide;
use crate::words::language::{List, Meaning};

/// The longest name of a component, in bytes.
const LONGEST_NAME: usize = 300;

/// What the reader of a page has to know.
pub(crate) struct Lexicon {
    /// Ways to write a service, longest first: words in lower case, in any order.
    services: Vec<(Vec<String>, ServiceId)>,
    /// All words of `services`.
    pub(crate) protocols: BTreeSet<String>,
    /// Every member of the product with its folded names in all locales.
    pub(crate) components: Vec<(ComponentId, Vec<String>)>,
    /// The twelve months in all locales, in lower case.
    pub(crate) months: Vec<Vec<String>>,
    pub(crate) port_words: Vec<String>,
    pub(crate) every_words: Vec<String>,
    pub(crate) random_words: Vec<String>,
    pub(crate) condition_words: Vec<String>,
    /// What stands behind a number that counts.
    pub(crate) counted_words: Vec<String>,
    /// What stands in place of addresses that another row lists.
    pub(crate) same_words: Vec<String>,
    /// What heads a column of those who open connections.
    pub(crate) opener_words: Vec<String>,
    /// What heads a column of transports and services.
    pub(crate) protocol_words: Vec<String>,
    /// What stands between the first and the last port of a range.
    pub(crate) through_words: Vec<String>,
    /// What stands between ports of which one is enough.
    pub(crate) one_of_words: Vec<String>,
    /// What stands before a number that only greater ones follow, and behind one that begins them.
    pub(crate) above_words: Vec<String>,
    pub(crate) and_above_words: Vec<String>,
    /// Numbers that are ports of the product.
    pub(crate) ports: BTreeSet<u16>,
}

impl Lexicon {
    /// To read a page about a product of the site.
    pub(crate) fn new(site: &Site, product: ProductId, locale: LocaleId) -> Self {
        let product = &site.model[product];
        let members = product.members.iter().map(|member| member.component);
        let mut lexicon = Self::of_site(site, locale, components(site, members));
        let flows = product.flows.iter().chain(&product.blocked);
        let lines = flows.flat_map(|flow| &site.model[*flow].lines);
        lexicon.ports = lines.filter_map(|line| line.traffic.port()).flat_map(numbers).collect();
        lexicon
    }

    /// To read a page about a product that the site has not yet: what all products share is known.
    pub(crate) fn without_product(site: &Site, locale: LocaleId) -> Self {
        let all = site.model.components.iter().enumerate();
        let common = all.filter(|(_, component)| component.product.is_none());
        let common = common.map(|(position, _)| ComponentId::from_index(position));
        let mut lexicon = Self::of_site(site, locale, components(site, common));
        let entries = site.model.services.iter().flat_map(|service| &service.ports);
        lexicon.ports = entries.filter_map(|entry| entry.port()).flat_map(numbers).collect();
        lexicon
    }

    fn of_site(site: &Site, locale: LocaleId, components: Vec<(ComponentId, Vec<String>)>) -> Self {
        let language = &site.languages[locale.index()];
        let lower = |word: &str| word.to_lowercase();
        let words = |list| language.list(list).iter().map(|word| lower(word)).collect();
        let services = services(site);
        let mut lexicon = Self {
            protocols: services.iter().flat_map(|(words, _)| words.iter().cloned()).collect(),
            services,
            components,
            months: (1..=12).map(|month| month_names(site, month)).collect(),
            port_words: language.words(&Meaning::Port).map(lower).collect(),
            every_words: words(List::EveryPort),
            random_words: words(List::RandomPort),
            condition_words: words(List::RowCondition),
            counted_words: words(List::Counted),
            same_words: words(List::SameAddresses),
            opener_words: words(List::OpenerHead),
            protocol_words: words(List::ProtocolHead),
            through_words: words(List::Through),
            one_of_words: words(List::OneOf),
            above_words: words(List::Above),
            and_above_words: words(List::AndAbove),
            ports: BTreeSet::new(),
        };
        // A transport is no service, whatever a service's name says.
        for transport in Transport::ALL {
            lexicon.protocols.remove(transport.as_str());
        }
        lexicon
    }

    /// The services that some words name, in the order of the words: the longest names are found first,
    /// and each word is used once.
    pub(crate) fn services_of(&self, words: &[String]) -> Vec<ServiceId> {
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        for word in words {
            *left.entry(word).or_default() += 1;
        }
        let mut found = Vec::new();
        for (name, service) in &self.services {
            while name.iter().all(|word| left.get(word.as_str()).is_some_and(|count| *count > 0)) {
                for word in name {
                    left.entry(word).and_modify(|count| *count -= 1);
                }
                let first = words.iter().position(|word| name.contains(word));
                if !found.iter().any(|(_, known)| known == service) {
                    found.push((first, *service));
                }
            }
        }
        found.sort();
        found.into_iter().map(|(_, service)| service).collect()
    }

    /// The component a cell names and nothing else, inflected or not.
    pub(crate) fn component_named(&self, text: &str) -> Option<ComponentId> {
        if text.len() > LONGEST_NAME {
            return None;
        }
        let folded = fold_name(text);
        if folded.chars().count() < 2 {
            return None;
        }
        let is_same = |name: &String| {
            folded.strip_prefix(name.as_str()).is_some_and(|rest| matches!(rest, "" | "s" | "n" | "en" | "e" | "es"))
        };
        self.components.iter().find(|(_, names)| names.iter().any(is_same)).map(|(id, _)| *id)
    }

    /// Whether a text begins with the name of a component.
    pub(crate) fn begins_with_component(&self, text: &str) -> bool {
        let folded = fold_name(&text[..text.floor_char_boundary(LONGEST_NAME)]);
        self.components.iter().any(|(_, names)| names.iter().any(|name| folded.starts_with(name.as_str())))
    }

    /// How surely a folded text mentions a component: 2 by its name, 1 by a good part of it.
    pub(crate) fn mentions(&self, folded: &str, component: ComponentId) -> u8 {
        let Some((_, names)) = self.components.iter().find(|(id, _)| *id == component) else { return 0 };
        names.iter().map(|name| mention(folded, name)).max().unwrap_or(0)
    }

    /// Whether a text has a word that restricts what it says.
    pub(crate) fn has_condition(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.condition_words.iter().any(|word| has_word(&lower, word))
    }
}

fn services(site: &Site) -> Vec<(Vec<String>, ServiceId)> {
    let mut services = BTreeSet::new();
    for (position, service) in site.model.services.iter().enumerate() {
        let id = ServiceId::from_index(position);
        services.insert((service.id.split('-').map(str::to_owned).collect(), id));
        for locale in site.config.locales.ids() {
            // "over", "and": what joins the names is not a part of them.
            let is_name = |word: &&str| word.contains(|c: char| c.is_uppercase() || is_wide(c));
            let words: Vec<_> = split_words(site.name(service.name, locale))
                .filter(is_name)
                .map(str::to_lowercase)
                .filter(|word| word != "tcp" && word != "udp")
                .collect();
            if !words.is_empty() {
                services.insert((words, id));
            }
        }
    }
    let mut services: Vec<(Vec<String>, ServiceId)> = services.into_iter().collect();
    services.sort_by_key(|(words, id)| (std::cmp::Reverse(words.len()), *id));
    services
}

fn split_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).flat_map(split_scripts).filter(|word| !word.is_empty())
}

/// `WinRMサービス` is two words.
fn split_scripts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_wide(c) != is_wide(first)).unwrap_or(rest.len());
        parts.push(&rest[..end]);
        rest = &rest[end..];
    }
    parts
}

fn numbers(port: Port) -> BTreeSet<u16> {
    match port {
        Port::Number(number) => BTreeSet::from([number]),
        Port::Range(first, last) | Port::Random(first, last) => BTreeSet::from([first, last]),
        Port::Any | Port::Configured => BTreeSet::new(),
    }
}

fn components(site: &Site, members: impl Iterator<Item = ComponentId>) -> Vec<(ComponentId, Vec<String>)> {
    let names = |id: ComponentId| {
        let mut names: Vec<_> =
            site.config.locales.ids().map(|locale| fold_name(site.name(site.model[id].name, locale))).collect();
        names.retain(|name| name.chars().count() > 1);
        names.sort();
        names.dedup();
        (id, names)
    };
    members.map(names).collect()
}

fn month_names(site: &Site, month: i64) -> Vec<String> {
    let name = |locale| {
        let mut args = Args::new();
        args.set("month", month);
        // A message that can't be said is told by the checks on messages.
        site.catalogs.say(locale, "month-name", &args).unwrap_or_default().to_lowercase()
    };
    site.config.locales.ids().map(name).collect()
}

/// A name without case, spaces, punctuation and the long mark that Japanese spelling leaves open.
pub(crate) fn fold_name(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric() && *c != 'ー').flat_map(char::to_lowercase).collect()
}

/// 2: the text has the name; 1: it has a good part of it, or is a part of it.
fn mention(folded: &str, name: &str) -> u8 {
    if folded.contains(name) {
        return 2;
    }
    let chars: Vec<char> = name.chars().collect();
    let is_part = folded.chars().count() >= 4 && name.contains(folded);
    let part = (chars.len() * 3 / 8).max(if name.is_ascii() { 8 } else { 5 });
    let has_part = chars.windows(part).any(|part| folded.contains(&part.iter().collect::<String>()));
    u8::from(is_part || has_part)
}

/// How much of a column's head is one of some words, in characters: a word of the head begins with it, and
/// in a script without spaces it may stand anywhere.
pub(crate) fn is_headed_by(head: &str, words: &[String]) -> usize {
    let head = head.to_lowercase();
    let is_begun = |at: usize| !head[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let is_there = |word: &&String| {
        head.match_indices(word.as_str()).any(|(at, _)| {
            // "to" heads a column, "tools" does not.
            let is_whole = !head[at + word.len()..].starts_with(char::is_alphanumeric);
            word.contains(is_wide) || is_begun(at) && (is_whole || word.chars().count() > 3)
        })
    };
    words.iter().filter(is_there).map(|word| word.chars().count()).max().unwrap_or(0)
}

/// Whether a word stands in a text; words of scripts without spaces may stand anywhere.
fn has_word(text: &str, word: &str) -> bool {
    let is_free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() || is_wide(c));
    text.match_indices(word).any(|(at, _)| {
        word.contains(is_wide)
            || is_free(text[..at].chars().next_back()) && is_free(text[at + word.len()..].chars().next())
    })
}
