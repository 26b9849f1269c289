//! What a language calls months, units, times of day and the small words that carry the sense of a
//! sentence: the lists of `i18n/<locale>/language.toml`, and where their words stand in a text.
//!
//! The lists are data, so that a language is added without code; one without them is read by what all
//! languages share: digits, ISO dates, clock times, symbols of units. Most are looked for in every text;
//! a [`List`] is only asked for as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::is_wide;
use super::unit::Unit;

/// Twice the value of a number, so that `anderthalb` is whole.
pub type Halves = u64;

/// What a word of a list stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// 1–12.
    Month(u8),
    /// 1–7, from Monday.
    Weekday(u8),
    /// 1–4.
    Quarter(u8),
    /// 1–2, of a year.
    Half(u8),
    /// The year before the first of an era.
    Era(u16),
    /// Makes the number beside it an hour of the day.
    Hour,
    /// Before noon.
    Am,
    /// After noon.
    Pm,
    /// Twelve o'clock by day.
    Noon,
    /// Twelve o'clock at night.
    Midnight,
    /// 24 hours on every day of the year.
    Always,
    /// 24 hours.
    AroundTheClock,
    /// Makes a time of the hour behind it: so many minutes after it.
    Clock(i16),
    /// A number in words.
    Numeral(Halves),
    /// Joins the words of a number.
    NumeralJoin,
    /// Half of one more.
    AndHalf,
    /// Looks like a number in words and is none.
    NoNumeral,
    /// Says a number and something else: both, daily, the second.
    Mention(Halves),
    /// How often something is done.
    Repeat(u8),
    /// Makes the days before it those between two.
    Between,
    /// A unit of measure.
    Unit(Unit),
    /// A part: numerator, denominator.
    Part(u8, u8),
    /// What is counted by the number before it.
    Counted,
    /// Makes the number behind it an amount.
    Amount,
    /// Makes the number behind it the number of something.
    Label,
    /// Makes the number behind it an amount of what follows in the plural.
    Of,
    /// How a plural ends.
    Plural,
    /// Stands between the first number and the last.
    Range,
    /// Leads to the place that the number behind it names.
    Through,
    /// Calls the number beside it a port.
    Port,
    /// Ends as such a word does and is none.
    NoPort,
    /// May stand between such a word and its number.
    PortFiller,
    /// Makes a year of four digits behind it.
    BeforeYear,
    /// Stands between a part, before it, and its whole.
    PartOf,
    /// Stands between a whole, before it, and its part.
    WholeOf,
    /// 1–7, from Monday, beside another one only.
    ShortWeekday(u8),
    /// Asks, at the end of a sentence.
    Asks,
    /// Marks what takes the place of another thing.
    By,
    /// Gives a value to a name, either of which may stand first.
    Assign,
    /// Limits a sentence to one of several.
    Only,
    /// Says that something does not pass.
    Blocked,
    /// More than the name behind it.
    Than,
    /// What goes through a port.
    Carried,
    /// Denies.
    Not,
    /// Denies in a way that another language need not.
    NotQuite,
    /// Limits a sentence to a case.
    If,
    /// Marks what is replaced by another thing.
    Instead,
    /// Marks where something goes.
    To,
    /// Marks where something comes from.
    From,
    /// Begins like one of those marks and is none.
    NoMark,
    /// May stand between such a mark and what it marks.
    Filler,
    /// Joins two clauses.
    Join,
    /// Joins two names, and no clauses.
    Listed,
    /// An abbreviation that has other letters in other languages, by its English one.
    Acronym(String),
    /// Makes day and month of two numbers behind it.
    BeforeDate,
    /// Dates in digits begin with the day.
    DayFirst,
    /// One of a list that is asked for as a whole.
    Whole(List),
}

/// A list whose words are compared where a check wants them, and looked for in no text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum List {
    /// Makes a sentence the condition of a row.
    Condition,
    /// The same directly behind a name.
    ConditionBehind,
    /// Small words by which one knows the language.
    Small,
    /// May follow themselves.
    Repeatable,
    /// Stands between the parts of a compound, beside a hyphen and nothing.
    CompoundLink,
    /// Ends a noun only where another one is joined to it.
    CompoundEnding,
    /// Ends an inflected noun.
    NounEnding,
    /// Never follows itself.
    NeverTwice,
    /// A name in capitals so general that another language need not say it.
    GeneralName,
    /// Asks where it stands at the very end, be it of a word.
    QuestionEnding,
    /// Behind a number, makes it a port.
    PortCounter,
    /// The same, longer, where it makes an order of it.
    PortOrdinal,
    /// On a page published elsewhere, in place of a port: every one.
    EveryPort,
    /// In place of a port: one chosen at random.
    RandomPort,
    /// Restricts a row to some cases.
    RowCondition,
    /// In place of addresses: another row has them.
    SameAddresses,
    /// Behind a number that counts or measures, and is no port.
    Counted,
    /// Between the first and the last port of a range.
    Through,
    /// At the head of a column: who opens the connection.
    OpenerHead,
    /// Who is connected to.
    ListenerHead,
    /// What the connection is for.
    PurposeHead,
    /// Addresses of who is connected to.
    AddressHead,
    /// What is spoken, or what carries it.
    ProtocolHead,
    /// Makes the one a table is about the one that is connected to.
    Inbound,
    /// Makes it the one that opens.
    Outbound,
    /// Lets either side open.
    BothWays,
    /// At the head of a column: on which side of the connection the table's subject stands.
    DirectionHead,
    /// Whether the connection is let through.
    ActionHead,
    /// In such a column: it is.
    Allow,
    /// It is not.
    Block,
    /// At the head of a column: whom the row is about, where no other column names an end.
    NodeHead,
    /// What else is said, which is the purpose where no other column has one.
    RemarkHead,
    /// Between ports of which one is enough.
    OneOf,
    /// Before a number: greater than it.
    Above,
    /// Behind a number: it, or greater.
    AndAbove,
}

/// A word of a list in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sign {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it stands for.
    pub meaning: Meaning,
}

/// The lists of one language.
#[derive(Clone, Debug, Default)]
pub struct Language {
    /// Words of numbers, which are put together.
    numerals: Forms,
    /// All other words.
    words: Forms,
    /// Whether dates in digits begin with the day: 29.11.2026.
    pub is_day_first: bool,
    /// Whether it has words for units, so that a number without is of no unit.
    pub has_units: bool,
    /// Lists that are asked for as a whole.
    lists: BTreeMap<List, Vec<String>>,
    /// Names of all lists it has, be they empty.
    told: BTreeSet<String>,
}

/// Forms by their first two characters in lower case, of one character with [`ALONE`] behind it; the
/// longest first. Most places of a text begin none: a table tells so before anything is looked up.
#[derive(Clone, Debug, Default)]
struct Forms {
    begun: BTreeMap<(char, char), Vec<Form>>,
    firsts: BTreeSet<char>,
    latin_firsts: u128,
}

/// Stands for the second character of a form that has none.
const ALONE: char = '\0';

impl Forms {
    fn add(&mut self, form: Form) {
        let mut chars = form.text.chars().map(lower);
        let Some(first) = chars.next() else { return };
        let second = chars.next().unwrap_or(ALONE);
        if first.is_ascii() {
            self.latin_firsts |= 1 << u32::from(first);
        }
        self.firsts.insert(first);
        let list = self.begun.entry((first, second)).or_default();
        let place = list.partition_point(|known| known.text.len() >= form.text.len());
        list.insert(place, form);
    }

    fn all(&self) -> impl Iterator<Item = &Form> {
        self.begun.values().flatten()
    }

    /// The forms that a text may begin with.
    fn near(&self, text: &str) -> impl Iterator<Item = &Form> {
        let mut chars = text.chars().map(lower);
        let first = chars.next().filter(|first| self.has_first(*first));
        let longer = first.zip(chars.next()).and_then(|pair| self.begun.get(&pair));
        let alone = first.and_then(|first| self.begun.get(&(first, ALONE)));
        longer.into_iter().chain(alone).flatten()
    }

    fn has_first(&self, first: char) -> bool {
        if first.is_ascii() { self.latin_firsts & (1 << u32::from(first)) != 0 } else { self.firsts.contains(&first) }
    }
}

/// A word of a list.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) text: String,
    /// A form with a capital stands for that spelling only.
    is_exact: bool,
    pub(super) meaning: Meaning,
}

/// Lists whose place says all.
const LISTS: &[(&str, Meaning)] = &[
    ("dates.before", Meaning::BeforeDate),
    ("dates.before-year", Meaning::BeforeYear),
    ("numerals.joins", Meaning::NumeralJoin),
    ("numerals.and-half", Meaning::AndHalf),
    ("numerals.none", Meaning::NoNumeral),
    ("counts.between", Meaning::Between),
    ("counts.of", Meaning::Of),
    ("counts.plurals", Meaning::Plural),
    ("counts.ranges", Meaning::Range),
    ("counts.through", Meaning::Through),
    ("ports.none", Meaning::NoPort),
    ("counts.part-of", Meaning::PartOf),
    ("counts.whole-of", Meaning::WholeOf),
    ("ports.words", Meaning::Port),
    ("ports.fillers", Meaning::PortFiller),
    ("sense.asks", Meaning::Asks),
    ("sense.than", Meaning::Than),
    ("sense.only", Meaning::Only),
    ("sense.by", Meaning::By),
    ("sense.assigns", Meaning::Assign),
    ("sense.blocked", Meaning::Blocked),
    ("times.hour", Meaning::Hour),
    ("times.am", Meaning::Am),
    ("times.pm", Meaning::Pm),
    ("times.noon", Meaning::Noon),
    ("times.midnight", Meaning::Midnight),
    ("times.always", Meaning::Always),
    ("times.around-the-clock", Meaning::AroundTheClock),
    ("counts.nouns", Meaning::Counted),
    ("counts.amounts", Meaning::Amount),
    ("counts.labels", Meaning::Label),
    ("counts.carried", Meaning::Carried),
    ("sense.not", Meaning::Not),
    ("sense.not-quite", Meaning::NotQuite),
    ("sense.if", Meaning::If),
    ("sense.instead", Meaning::Instead),
    ("sense.to", Meaning::To),
    ("sense.from", Meaning::From),
    ("sense.no-marks", Meaning::NoMark),
    ("sense.fillers", Meaning::Filler),
    ("sense.joins", Meaning::Join),
    ("sense.lists", Meaning::Listed),
    ("conditions.words", Meaning::Whole(List::Condition)),
    ("conditions.behind", Meaning::Whole(List::ConditionBehind)),
    ("words.small", Meaning::Whole(List::Small)),
    ("words.repeatable", Meaning::Whole(List::Repeatable)),
    ("words.endings", Meaning::Whole(List::NounEnding)),
    ("words.never-twice", Meaning::Whole(List::NeverTwice)),
    ("words.general-names", Meaning::Whole(List::GeneralName)),
    ("sense.question-endings", Meaning::Whole(List::QuestionEnding)),
    ("ports.counters", Meaning::Whole(List::PortCounter)),
    ("ports.ordinals", Meaning::Whole(List::PortOrdinal)),
    ("compounds.links", Meaning::Whole(List::CompoundLink)),
    ("compounds.endings", Meaning::Whole(List::CompoundEnding)),
    ("pages.every-port", Meaning::Whole(List::EveryPort)),
    ("pages.random-port", Meaning::Whole(List::RandomPort)),
    ("pages.conditions", Meaning::Whole(List::RowCondition)),
    ("pages.same-addresses", Meaning::Whole(List::SameAddresses)),
    ("pages.counted", Meaning::Whole(List::Counted)),
    ("pages.through", Meaning::Whole(List::Through)),
    ("pages.from", Meaning::Whole(List::OpenerHead)),
    ("pages.to", Meaning::Whole(List::ListenerHead)),
    ("pages.purpose", Meaning::Whole(List::PurposeHead)),
    ("pages.addresses", Meaning::Whole(List::AddressHead)),
    ("pages.protocols", Meaning::Whole(List::ProtocolHead)),
    ("pages.inbound", Meaning::Whole(List::Inbound)),
    ("pages.outbound", Meaning::Whole(List::Outbound)),
    ("pages.both", Meaning::Whole(List::BothWays)),
    ("pages.direction", Meaning::Whole(List::DirectionHead)),
    ("pages.action", Meaning::Whole(List::ActionHead)),
    ("pages.allow", Meaning::Whole(List::Allow)),
    ("pages.block", Meaning::Whole(List::Block)),
    ("pages.component", Meaning::Whole(List::NodeHead)),
    ("pages.remarks", Meaning::Whole(List::RemarkHead)),
    ("pages.one-of", Meaning::Whole(List::OneOf)),
    ("pages.above", Meaning::Whole(List::Above)),
    ("pages.and-above", Meaning::Whole(List::AndAbove)),
];

/// Names of all sections and, where they are closed, of the lists in them.
pub fn known_lists() -> impl Iterator<Item = String> {
    let open =
        ["dates.order", "dates.months", "dates.weekdays", "dates.short-weekdays", "dates.quarters", "dates.halves"];
    let closed = LISTS.iter().map(|(name, _)| *name);
    let units = Unit::ALL.iter().map(|unit| format!("units.{}", unit.as_str()));
    open.into_iter().chain(closed).map(str::to_owned).chain(units)
}

/// What the words of a list mean, by its name and their place in it; `None`: no such list.
pub fn meaning(list: &str, place: usize) -> Option<Meaning> {
    let number = u8::try_from(place + 1).ok()?;
    let (section, name) = list.split_once('.')?;
    match (section, name) {
        ("dates", "months") => (number <= 12).then_some(Meaning::Month(number)),
        ("dates", "weekdays") => (number <= 7).then_some(Meaning::Weekday(number)),
        ("dates", "short-weekdays") => (number <= 7).then_some(Meaning::ShortWeekday(number)),
        ("dates", "quarters") => (number <= 4).then_some(Meaning::Quarter(number)),
        ("dates", "halves") => (number <= 2).then_some(Meaning::Half(number)),
        ("dates", "order") => Some(Meaning::DayFirst),
        ("eras", year) => year.parse().ok().map(Meaning::Era),
        ("units", unit) => Unit::find(unit).map(Meaning::Unit),
        ("fractions", part) => {
            let (part, whole) = part.split_once('/')?;
            Some(Meaning::Part(part.parse().ok()?, whole.parse().ok().filter(|whole| *whole > 0)?))
        }
        ("acronyms", name) => Some(Meaning::Acronym(name.to_owned())),
        ("clock", minutes) => minutes.parse().ok().map(Meaning::Clock),
        ("numerals", value) if value.starts_with(|c: char| c.is_ascii_digit()) => halves(value).map(Meaning::Numeral),
        ("mentions", value) => halves(value).map(Meaning::Mention),
        ("repeats", times) => times.parse().ok().map(Meaning::Repeat),
        _ => LISTS.iter().find(|(known, _)| *known == list).map(|(_, meaning)| meaning.clone()),
    }
}

/// `2` or `1.5`, doubled.
fn halves(value: &str) -> Option<Halves> {
    match value.strip_suffix(".5") {
        Some(whole) => Some(whole.parse::<Halves>().ok()?.checked_mul(2)? + 1),
        None => value.parse::<Halves>().ok()?.checked_mul(2),
    }
}

impl Language {
    /// Remembers that a list is there, be it empty: a language may have no such words.
    pub fn tell(&mut self, list: &str) {
        self.told.insert(list.to_owned());
    }

    /// Whether a list is there, or for the name of a section, one of its lists.
    pub fn tells(&self, name: &str) -> bool {
        self.told
            .range(name.to_owned()..)
            .next()
            .is_some_and(|list| list.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }

    /// Adds a word of a list.
    pub fn add(&mut self, text: &str, meaning: Meaning) {
        if meaning == Meaning::DayFirst {
            self.is_day_first |= text == "day-month";
            return;
        }
        if let Meaning::Whole(list) = meaning {
            return self.lists.entry(list).or_default().push(text.to_owned());
        }
        self.has_units |= matches!(meaning, Meaning::Unit(_));
        let is_exact = text.chars().any(char::is_uppercase);
        let is_numeral = matches!(meaning, Meaning::Numeral(_) | Meaning::NumeralJoin | Meaning::AndHalf);
        let forms = if is_numeral { &mut self.numerals } else { &mut self.words };
        forms.add(Form { text: text.to_owned(), is_exact, meaning });
    }

    /// A list that is asked for as a whole.
    pub fn list(&self, list: List) -> &[String] {
        self.lists.get(&list).map_or(&[], Vec::as_slice)
    }

    /// Words that a text may begin with, those of numbers aside.
    pub(super) fn words_near(&self, text: &str) -> impl Iterator<Item = &Form> {
        self.words.near(text)
    }

    fn forms(&self) -> impl Iterator<Item = &Form> {
        self.numerals.all().chain(self.words.all())
    }

    /// Whether it has words of a list.
    pub fn knows(&self, meaning: &Meaning) -> bool {
        self.forms().any(|form| form.meaning == *meaning)
    }

    /// The words of a list.
    pub fn words<'a>(&'a self, meaning: &'a Meaning) -> impl Iterator<Item = &'a str> {
        self.forms().filter(move |form| form.meaning == *meaning).map(|form| form.text.as_str())
    }

    /// The longest word of a number of a kind that a text begins with, whatever follows it.
    fn begins<T>(&self, text: &str, pick: impl Fn(&Meaning) -> Option<T>) -> Option<(usize, T)> {
        let mut begun = self.numerals.near(text).filter(|form| form.begins(text));
        begun.find_map(|form| Some((form.text.len(), pick(&form.meaning)?)))
    }

    /// The word of a number that a text begins with: its length and what it says.
    pub(super) fn numeral_at(&self, text: &str) -> Option<(usize, Halves)> {
        self.begins(text, |meaning| if let Meaning::Numeral(halves) = meaning { Some(*halves) } else { None })
    }

    /// Length of the "and a half" that a text begins with.
    pub(super) fn half_at(&self, text: &str) -> Option<usize> {
        self.begins(text, |meaning| (*meaning == Meaning::AndHalf).then_some(())).map(|(length, ())| length)
    }

    /// Length of the word between those of a number that a text begins with.
    pub(super) fn numeral_join_at(&self, text: &str) -> Option<usize> {
        self.begins(text, |meaning| (*meaning == Meaning::NumeralJoin).then_some(())).map(|(length, ())| length)
    }

    /// Whether a text begins with a unit.
    pub(super) fn is_unit(&self, text: &str) -> bool {
        self.words.near(text).any(|form| matches!(form.meaning, Meaning::Unit(_)) && form.stands_at(text))
    }
}

impl Form {
    /// Whether a text begins with it, be it a part of a longer word.
    fn begins(&self, text: &str) -> bool {
        let Some(said) = text.get(..self.text.len()) else { return false };
        if self.is_exact {
            // "zwei Drittel" also begins a sentence.
            let mut chars = said.chars();
            let first = chars.next().map_or(' ', lower);
            said == self.text || self.text.strip_prefix(first).is_some_and(|rest| rest == chars.as_str())
        } else {
            said == self.text || said.chars().map(lower).eq(self.text.chars())
        }
    }

    /// Whether a text begins with it as a word.
    pub(super) fn stands_at(&self, text: &str) -> bool {
        let last = self.text.chars().next_back().unwrap_or(' ');
        let is_open = last.is_alphanumeric() && !is_wide(last);
        // R8 is a year.
        let is_era = matches!(self.meaning, Meaning::Era(_));
        let goes_on = |c: char| c.is_alphanumeric() && !is_wide(c) && !(is_era && c.is_ascii_digit());
        self.begins(text) && !(is_open && text[self.text.len()..].starts_with(goes_on))
    }
}

fn lower(c: char) -> char {
    match c {
        c if c.is_ascii() => c.to_ascii_lowercase(),
        // Kana and Han have no case; asking the tables for it would take a third of the time.
        '\u{3000}'..='\u{9fff}' => c,
        c => c.to_lowercase().next().unwrap_or(c),
    }
}
