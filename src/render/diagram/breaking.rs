//! Breaks names, labels and notes into lines: SVG does not.

use std::collections::BTreeSet;

use hypher::Lang;

use super::kinsoku::{is_katakana, may_part, parts_sounds};
use super::measure::{is_full_width, thousandths, width};
use crate::l10n::Failed;
use crate::locale::LocaleId;
use crate::model::{ComponentId, ids};
use crate::site::Site;

/// How texts of a language are broken into lines.
#[derive(Clone, Debug, Default)]
pub struct LineBreaker {
    /// Whose syllables are known.
    language: Option<Lang>,
    /// Katakana that stand alone in some name, longest first: a compound of them is parted between them.
    /// No grammar tells where, and a dictionary would know fewer of these names.
    katakana: Vec<String>,
}

impl LineBreaker {
    /// Of a locale of a site.
    pub fn of(site: &Site, locale: LocaleId) -> Self {
        let failed = Failed::default();
        let voice = site.speech().in_locale(locale, &failed);
        let names = ids::<ComponentId>(site.model.components.len()).map(|id| voice.component_name(id));
        Self::new(site.config.locales.tag(locale), names)
    }

    /// Of a language, with names of its site.
    fn new<'a>(tag: &str, names: impl Iterator<Item = &'a str>) -> Self {
        let language: Option<[u8; 2]> = tag.split('-').next().and_then(|tag| tag.as_bytes().try_into().ok());
        let runs = names.filter(|name| !name.is_ascii()).flat_map(|name| name.split(|c| !is_katakana(c)));
        // Two sounds are as often the middle of a word as a word.
        let words: BTreeSet<&str> = runs.filter(|run| run.chars().count() > 2).collect();
        let mut katakana: Vec<String> = words.into_iter().map(str::to_owned).collect();
        katakana.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Self { language: language.and_then(Lang::from_iso), katakana }
    }

    /// Breaks a text into lines of at most `most` pixels, all about equally long. A word that is longer
    /// widens them by up to three quarters before it is parted.
    pub fn wrap(&self, text: &str, most: i32, size: i32) -> Vec<String> {
        if width(text, size) <= most {
            return vec![text.to_owned()];
        }
        let most = most * 1000 / size;
        let parts = parts(text);
        let longest = parts.iter().map(|part| thousandths(part.trim_end())).max().unwrap_or_default();
        let most = longest.clamp(most, most * 7 / 4);
        let mut measured = Vec::new();
        for part in parts {
            if thousandths(part.trim_end()) <= most {
                measured.push(Stretch::new(part));
            } else {
                self.push_parted(&mut measured, part, most);
            }
        }
        let least = fill(&measured, most);
        // The narrowest block of as many lines.
        let (mut low, mut high) = (most / 3, most);
        while low + 300 < high {
            let middle = i32::midpoint(low, high);
            let fits =
                measured.iter().all(|part| part.trimmed <= middle) && fill(&measured, middle).len() <= least.len();
            if fits { high = middle } else { low = middle }
        }
        let text = |parts: &[Stretch<'_>]| {
            let text = parts.iter().map(|part| part.text).collect::<String>();
            let hyphen = if parts.last().is_some_and(|part| part.has_hyphen) { HYPHEN } else { "" };
            format!("{}{hyphen}", text.trim_end())
        };
        fill(&measured, high).into_iter().map(|line| text(&measured[line])).collect()
    }

    /// A part that is too long for a line, in the largest pieces that are not.
    fn push_parted<'a>(&self, measured: &mut Vec<Stretch<'a>>, part: &'a str, most: i32) {
        if part.contains(is_katakana) {
            self.push_compound(measured, part, most);
            return;
        }
        let core = part.trim_matches(|c: char| !c.is_alphabetic());
        // What is no word, a host or a path, means something else with a hyphen in it.
        let language = self.language.filter(|_| core.chars().all(|c| c.is_alphabetic() || "'’".contains(c)));
        // What is no letter stays with the syllable beside it.
        let pieces = cut(part, &language.map(|language| syllable_ends(part, language)).unwrap_or_default());
        let last = pieces.len() - 1;
        for (position, piece) in pieces.into_iter().enumerate() {
            let whole = Stretch { has_hyphen: position < last, ..Stretch::new(piece) }.with_hyphen();
            if whole.trimmed <= most {
                measured.push(whole);
                continue;
            }
            let letters = characters(piece);
            let count = letters.len();
            for (at, letter) in letters.into_iter().enumerate() {
                let has_hyphen = if at + 1 == count { position < last } else { language.is_some() };
                measured.push(Stretch { has_hyphen, ..Stretch::new(letter) }.with_hyphen());
            }
        }
    }

    /// Katakana that are too long for a line, between the words that they are made of, then behind closed
    /// syllables, where such words mostly end, then between any two.
    fn push_compound<'a>(&self, measured: &mut Vec<Stretch<'a>>, part: &'a str, most: i32) {
        for piece in cut(part, &self.seams(part)) {
            if thousandths(piece.trim_end()) <= most {
                measured.push(Stretch::new(piece));
                continue;
            }
            for piece in cut(piece, &closed_syllables(piece)) {
                if thousandths(piece.trim_end()) <= most {
                    measured.push(Stretch::new(piece));
                } else {
                    measured.extend(part_where(piece, parts_sounds).into_iter().map(Stretch::new));
                }
            }
        }
    }

    /// Where the known words of a compound begin and end. A word that reaches from within one that was
    /// found out of it is none.
    fn seams(&self, part: &str) -> Vec<usize> {
        let run = part.trim_matches(|c| !is_katakana(c));
        let mut found: Vec<(usize, usize)> = Vec::new();
        for word in self.katakana.iter().filter(|word| word.as_str() != run) {
            for (from, _) in part.match_indices(word.as_str()) {
                let to = from + word.len();
                let crosses = |(start, end): &(usize, usize)| {
                    (*start < from && from < *end && *end < to) || (from < *start && *start < to && to < *end)
                };
                if !found.iter().any(crosses) {
                    found.push((from, to));
                }
            }
        }
        let ends = found.into_iter().flat_map(|(from, to)| [from, to]);
        let is_seam = |at: &usize| {
            let (last, next) = (part[..*at].chars().next_back(), part[*at..].chars().next());
            last.zip(next).is_some_and(|(last, next)| parts_sounds(last, next))
        };
        ends.filter(is_seam).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// Where the syllables of words end, but for the last of each.
fn syllable_ends(text: &str, language: Lang) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let mut end = start;
        for syllable in hypher::hyphenate(word, language) {
            end += syllable.len();
            ends.push(end);
        }
        ends.pop();
        start += word.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
    }
    ends
}

/// A text cut at these places.
fn cut<'a>(text: &'a str, places: &[usize]) -> Vec<&'a str> {
    let mut pieces = Vec::with_capacity(places.len() + 1);
    let mut from = 0;
    for to in places.iter().copied().chain([text.len()]) {
        pieces.push(&text[from..to]);
        from = to;
    }
    pieces
}

/// A text cut wherever two characters that follow each other allow it.
fn part_where(text: &str, may: impl Fn(char, char) -> bool) -> Vec<&str> {
    let pairs = text.char_indices().zip(text.char_indices().skip(1));
    let places: Vec<usize> = pairs.filter(|((_, last), (_, next))| may(*last, *next)).map(|(_, (at, _))| at).collect();
    cut(text, &places)
}

/// Where syllables end that a consonant closes, or nothing behind a long sound: "ネット|ワーク|コン|ピュー|ター".
fn closed_syllables(text: &str) -> Vec<usize> {
    let closes = |c: char| "クグストドズフブプムル".contains(c);
    let sounds: Vec<(usize, char)> = text.char_indices().collect();
    let is_end = |three: &&[(usize, char)]| {
        let [before, last, next] = [three[0].1, three[1].1, three[2].1];
        let is_closed =
            if closes(last) { "ーンッ".contains(before) } else { "ーン".contains(last) && !closes(next) };
        is_closed && parts_sounds(last, next)
    };
    sounds.windows(3).filter(is_end).map(|three| three[2].0).collect()
}

/// What a reader takes for characters, with those behind them that begin no line.
fn characters(text: &str) -> Vec<&str> {
    part_where(text, may_part)
}

const HYPHEN: &str = "-";

/// A piece of a text and its width, with and without the space behind it.
struct Stretch<'a> {
    text: &'a str,
    whole: i32,
    trimmed: i32,
    /// Whether a line that ends with it ends with a hyphen.
    has_hyphen: bool,
}

impl<'a> Stretch<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, whole: thousandths(text), trimmed: thousandths(text.trim_end()), has_hyphen: false }
    }

    /// With room for the hyphen, where it may have one.
    fn with_hyphen(self) -> Self {
        let hyphen = if self.has_hyphen { thousandths(HYPHEN) } else { 0 };
        Self { trimmed: self.trimmed + hyphen, ..self }
    }
}

/// Puts as many pieces on each line as fit.
fn fill(parts: &[Stretch<'_>], most: i32) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (position, part) in parts.iter().enumerate() {
        if position > start && used + part.trimmed > most {
            lines.push(start..position);
            (start, used) = (position, 0);
        }
        used += part.whole;
    }
    lines.push(start..parts.len());
    lines
}

/// Pieces between which a line may end; a piece keeps the space behind it. A run of katakana is one word,
/// and so is one of Latin letters: neither is torn.
fn parts(text: &str) -> Vec<&str> {
    let is_seam = |last: char, next: char| {
        let is_between = last == ' ' || last == '-' || is_full_width(last) || is_full_width(next);
        is_between && may_part(last, next) && !(is_katakana(last) && is_katakana(next))
    };
    part_where(text, is_seam)
}

#[cfg(test)]
mod tests {
    use super::super::kinsoku::{never_begins, never_ends};
    use super::*;

    fn of(tag: &str) -> LineBreaker {
        LineBreaker::new(tag, ["Webレピュテーションサービス", "登録サービス", "ファイル"].into_iter())
    }

    #[test]
    fn lines_end_between_words_and_are_about_equally_long() {
        assert_eq!(of("").wrap("Deep Security Manager", 100, 13), ["Deep Security", "Manager"]);
        let words = ["トレンドマイクロの", "アップデートサーバー"];
        assert_eq!(of("ja").wrap(&words.concat(), 160, 13), words);
        assert_eq!(of("").wrap("DNS-Server", 200, 13), ["DNS-Server"]);
    }

    #[test]
    fn a_long_german_word_is_parted_between_syllables_with_a_hyphen() {
        let word = "Donaudampfschifffahrtsgesellschaftsverwaltung";
        let lines = of("de-AT").wrap(&format!("({word})"), 100, 13);
        assert!(lines.len() > 1, "{lines:?}");
        assert!(lines.iter().all(|line| width(line, 13) <= 175), "{lines:?}");
        let (last, rest) = lines.split_last().map(|(last, rest)| (last.clone(), rest)).unwrap_or_default();
        assert!(rest.iter().all(|line| line.ends_with('-')) && !last.ends_with('-'), "{lines:?}");
        assert_eq!(lines.concat().replace('-', ""), format!("({word})"));
        let parted: Vec<_> = hypher::hyphenate(word, Lang::German).collect();
        let mut whole = String::new();
        let ends: Vec<String> = parted
            .iter()
            .map(|part| {
                whole.push_str(part);
                whole.clone()
            })
            .collect();
        let mut so_far = String::new();
        for line in rest {
            so_far.push_str(line.trim_start_matches('(').trim_end_matches('-'));
            assert!(ends.contains(&so_far), "{lines:?}");
        }
    }

    /// "Dateireputati|onsdienst"
    #[test]
    fn what_has_no_syllables_known_is_parted_with_hyphens_too_unless_it_is_no_word() {
        let word = "x".repeat(200);
        let lines = of("de").wrap(&word, 100, 13);
        let (last, rest) = lines.split_last().map(|(last, rest)| (last.as_str(), rest)).unwrap_or_default();
        assert!(!rest.is_empty() && rest.iter().all(|line| line.ends_with('-')), "{lines:?}");
        assert_eq!(rest.iter().map(|line| line.trim_end_matches('-')).collect::<String>() + last, word);
        assert!(lines.iter().all(|line| width(line, 13) <= 175), "{lines:?}");
        let host = format!("{}.example", "files.trendmicro".repeat(6));
        assert_eq!(of("de").wrap(&host, 100, 13).concat(), host);
        assert_eq!(of("ja").wrap(&word, 100, 13).concat(), word);
    }

    #[test]
    fn a_compound_of_katakana_is_parted_between_its_words() {
        let lines = |text: &str, most| of("ja").wrap(text, most, 13);
        assert_eq!(lines("ファイルレピュテーションサービス", 98), ["ファイルレピュテーション", "サービス"]);
        assert_eq!(lines("ファイルレピュテーションサービス", 60), ["ファイル", "レピュテーション", "サービス"]);
        // Of one that nobody knows, behind a closed syllable.
        let unknown = lines("ネットワークトラフィックコントローラー", 98);
        assert_eq!(unknown, ["ネットワークトラフィック", "コントローラー"]);
    }

    #[test]
    fn no_line_begins_or_ends_with_what_must_not_stand_there() {
        let marks = "あ（い）「う」ー・ッ々〜。、！？ァ／％‥‥……——〔え〕￥1";
        let texts = [marks.repeat(6), "ッーャ".repeat(40), "ゲートウェイ（ICAPS）サーバー".repeat(4)];
        for text in &texts {
            for most in (14..240).step_by(7) {
                let lines = of("ja").wrap(text, most, 13);
                assert_eq!(&lines.concat(), text);
                for line in &lines[1..] {
                    assert!(!line.starts_with(never_begins), "{most}: {lines:?}");
                }
                for line in &lines[..lines.len() - 1] {
                    assert!(!line.ends_with(never_ends), "{most}: {lines:?}");
                }
            }
        }
    }

    #[test]
    fn a_transport_keeps_to_its_port_and_a_mark_to_both() {
        for text in ["10001–65535のランダムなポート/TCP+UDP\u{a0}◇1A\u{a0}[b]", "任意のポート/TCP+UDP\u{a0}[b]"]
        {
            for most in 30..150 {
                let lines = of("ja").wrap(text, most, 12);
                assert_eq!(lines.concat(), text);
                assert!(!lines.iter().any(|line| line.starts_with(['/', '\u{a0}', '['])), "{most}: {lines:?}");
            }
        }
    }

    #[test]
    fn what_a_reader_takes_for_one_character_is_not_torn() {
        assert_eq!(characters("e\u{301}a👩\u{200d}👧！"), ["e\u{301}", "a", "👩\u{200d}👧！"]);
    }
}
