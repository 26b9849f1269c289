//! What a shell offers while an argument is typed: the ids of the site in hand. Nothing where there is
//! none: a completion has nobody to complain to.

use clap::builder::StyledStr;
use clap_complete::{ArgValueCandidates, CompletionCandidate};

use super::find_root;
use crate::config::parse_config;
use crate::diagnostic::{Code, Report};
use crate::item::ItemKind;
use crate::l10n::State;
use crate::locale::Locales;
use crate::site::Site;
use crate::source::Sources;

/// Ids of one kind; those of a product alone, as commands take them beside the product.
pub(super) fn ids(kind: ItemKind) -> ArgValueCandidates {
    ArgValueCandidates::new(move || {
        of_site(|site| {
            let items = site.model.items().filter(|item| item.kind == kind);
            items.map(|item| candidate(item.id, item.product.map(|id| site.model[id].id.as_str()))).collect()
        })
    })
}

/// Every id as `rename` takes it, with what it is of.
pub(super) fn paths() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        of_site(|site| {
            let items = site.model.items();
            items.map(|item| candidate(&item.path(&site.model), Some(item.kind.as_str()))).collect()
        })
    })
}

/// `OPTION=CHOICE`.
pub(super) fn choices() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        of_site(|site| {
            let choices = site.model.options.iter().flat_map(|option| {
                let product = option.product.map(|id| site.model[id].id.as_str());
                option.choices.iter().map(move |choice| candidate(&format!("{}={}", option.id, choice.id), product))
            });
            choices.collect()
        })
    })
}

/// The formats of firewall rules.
pub(super) fn formats() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        of_site(|site| site.rules.iter().map(|(name, format)| candidate(name, Some(format.title.as_str()))).collect())
    })
}

/// Texts whose translation nobody has accepted.
pub(super) fn units() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        of_site(|site| {
            let locales = &site.config.locales;
            let translated = locales.ids().filter(|locale| *locale != locales.source_locale());
            let open = translated.flat_map(|locale| {
                let all =
                    site.translations().of(locale).filter(|translation| !matches!(translation.state, State::Current));
                all.map(move |translation| candidate(&translation.key, Some(locales.tag(locale))))
            });
            open.collect()
        })
    })
}

/// The languages of the site.
pub(super) fn locales() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let locales = sources().and_then(|sources| Some(parse_config(&sources, &mut Report::default())?.locales));
        let tags = |locales: Locales| locales.ids().map(|id| candidate(locales.tag(id), None)).collect();
        locales.map(tags).unwrap_or_default()
    })
}

/// The codes of diagnostics.
pub(super) fn codes() -> ArgValueCandidates {
    ArgValueCandidates::new(|| Code::ALL.iter().map(|code| candidate(code.as_str(), None)).collect())
}

fn of_site(list: impl Fn(&Site) -> Vec<CompletionCandidate>) -> Vec<CompletionCandidate> {
    let site = sources().and_then(|sources| crate::load(&sources).value);
    site.as_ref().map(list).unwrap_or_default()
}

fn sources() -> Option<Sources> {
    Sources::read(&find_root(None).ok()?).ok()
}

fn candidate(value: &str, about: Option<&str>) -> CompletionCandidate {
    CompletionCandidate::new(value).help(about.map(|about| StyledStr::from(about.to_owned())))
}
