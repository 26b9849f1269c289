//! Lines of diagrams: no name is broken where its language allows no break.

use rutter::inside::render::diagram::breaking::LineBreaker;
use rutter::inside::render::diagram::kinsoku::{never_begins, never_ends};

use crate::support::{load, real_files};

/// Every name that a picture of the real content may break, in every locale and at any width.
#[test]
fn no_name_of_the_content_is_broken_where_its_language_allows_no_break() {
    let site = load(&real_files());
    let failed = rutter::inside::l10n::Failed::default();
    let is_katakana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー');
    let (mut broken, mut torn) = (0, 0);
    for locale in site.config().locales.ids() {
        let (breaker, voice) = (LineBreaker::of(&site, locale), site.speech().in_locale(locale, &failed));
        for id in rutter::model::ids(site.model().components.len()) {
            let name = voice.component_name(id);
            for most in (40..=260).step_by(10) {
                let lines = breaker.wrap(name, most, 13);
                let mut rest = name;
                for (position, line) in lines.iter().enumerate() {
                    let is_last = position + 1 == lines.len();
                    // Either all of a line stands in the name, or it ends with a hyphen of its own.
                    let has_hyphen = !rest.starts_with(line.as_str());
                    let own = if has_hyphen { line.strip_suffix('-').unwrap() } else { line.as_str() };
                    let (_, after) = rest.split_once(own).filter(|(before, _)| before.is_empty()).unwrap();
                    let last = own.chars().next_back().unwrap();
                    let Some(next) = after.chars().next() else {
                        assert!(is_last && !has_hyphen, "{lines:?}");
                        break;
                    };
                    rest = after.trim_start();
                    broken += 1;
                    assert!(!never_begins(next) && !never_ends(last), "{most}: {lines:?}");
                    if last.is_ascii_alphabetic() && next.is_ascii_alphabetic() {
                        assert_eq!(has_hyphen, site.config().locales.tag(locale) != "ja", "{most}: {lines:?}");
                    } else {
                        assert!(!has_hyphen || last.is_alphabetic() && next.is_alphabetic(), "{most}: {lines:?}");
                    }
                    if is_katakana(last) && is_katakana(next) {
                        torn += 1;
                        let run = name.split(|c| !is_katakana(c)).map(|run| run.chars().count()).max().unwrap();
                        assert!(run > usize::try_from(most * 7 / 4 / 13).unwrap(), "{most}: {lines:?}");
                    }
                }
            }
        }
    }
    assert!(broken > 1000 && torn > 50, "{broken} breaks, {torn} within katakana");
}
