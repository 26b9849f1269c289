//! Names, titles and labels in plain words, said once: they stand in every row, menu and diagram.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Reference;
use super::catalog::{Args, Catalogs, SayError, args};
use super::text::{Part, Text, Texts};
use crate::locale::{LocaleId, Locales};
use crate::model::{Id, UnitId};
use crate::value::{Date, UnitKind};

/// The names of everything, by locale. A name generates nothing but dates, so none is made of another.
#[derive(Debug, Default)]
pub struct Names {
    /// By locale and unit; empty for units that are no names.
    by_locale: Vec<Vec<Box<str>>>,
    /// Names with a date that the interface text can't say.
    unsaid: BTreeMap<(LocaleId, UnitId), SayError>,
}

impl Names {
    /// Says all names.
    pub fn of(texts: &Texts, catalogs: &Catalogs, locales: &Locales) -> Self {
        let locales: Vec<_> = locales.ids().collect();
        let said: Vec<_> = locales.par_iter().map(|locale| in_locale(texts, catalogs, *locale)).collect();
        let mut names = Self::default();
        for (own, unsaid) in said {
            names.by_locale.push(own);
            names.unsaid.extend(unsaid);
        }
        names
    }

    /// A name in a locale; empty where nobody can say it.
    pub fn get(&self, unit: UnitId, locale: LocaleId) -> &str {
        self.by_locale.get(locale.index()).and_then(|names| names.get(unit.index())).map_or("", |name| name)
    }

    /// Why it is empty, if it is for that reason.
    pub(super) fn unsaid(&self, unit: UnitId, locale: LocaleId) -> Option<&SayError> {
        self.unsaid.get(&(locale, unit))
    }
}

/// A failure with the name that could not be said.
type Unsaid = ((LocaleId, UnitId), SayError);

fn in_locale(texts: &Texts, catalogs: &Catalogs, locale: LocaleId) -> (Vec<Box<str>>, Vec<Unsaid>) {
    let (mut own, mut unsaid) = (Vec::new(), Vec::new());
    for (position, unit) in texts.units().enumerate() {
        let id = UnitId::from_index(position);
        let shown = texts.shown(id, locale).filter(|_| unit.kind == UnitKind::Name);
        let name = shown.map_or(Ok(Box::default()), |shown| plain(shown.text, catalogs, shown.locale));
        own.push(name.unwrap_or_else(|error| {
            unsaid.push(((locale, id), error));
            Box::default()
        }));
    }
    (own, unsaid)
}

fn plain(text: &Text, catalogs: &Catalogs, locale: LocaleId) -> Result<Box<str>, SayError> {
    let mut name = String::new();
    for part in text.parts() {
        match part {
            Part::Text(words) | Part::Code(words) => name.push_str(words),
            Part::Generated(Reference::Date(date)) => name.push_str(&date_in(catalogs, locale, *date)?),
            // Names hold nothing else: `parse` reads no other markup in them.
            Part::Generated(_) | Part::Open(_) | Part::Close | Part::Start(_) | Part::End(_) | Part::Break => {}
        }
    }
    name.truncate(name.trim_end().len());
    Ok(name.into())
}

/// A day or a month, as a locale writes it.
pub(super) fn date_in(catalogs: &Catalogs, locale: LocaleId, date: Date) -> Result<String, SayError> {
    let mut month = Args::new();
    month.set("month", i64::from(date.month));
    let month = catalogs.say(locale, "month-name", &month)?;
    let year = date.year.to_string();
    match date.day {
        None => catalogs.say(locale, "date-month", &args([("month_name", &month), ("year", &year)])),
        Some(day) => {
            let day = day.to_string();
            catalogs.say(locale, "date-day", &args([("month_name", &month), ("year", &year), ("day", &day)]))
        }
    }
}
