//! A reference in a text while it is typed: `<component:gu‸`, `[words](option:mode/‸`.

use std::ops::Range;

use crate::l10n::RefKind;

/// What is typed of a reference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mention<'a> {
    /// `None`: it has just been opened.
    pub(super) kind: Option<RefKind>,
    /// The ids before the one that is typed.
    pub(super) before: Vec<&'a str>,
    /// The one that is typed.
    pub(super) word: Range<usize>,
}

/// The reference in which a byte stands, if it is in one.
pub(super) fn mention_at(text: &str, offset: usize) -> Option<Mention<'_>> {
    let is_of_host = |c: char| c.is_ascii_alphanumeric() || "-.*_{}".contains(c);
    let is_of_id = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let begin = text[..offset].trim_end_matches(|c| is_of_host(c) || c == '/').len();
    let end = |is_part: &dyn Fn(char) -> bool| {
        text[offset..].find(|c| !is_part(c)).map_or(text.len(), |length| offset + length)
    };
    let opened = |head: &str| head.ends_with('<') || head.ends_with("](");
    if opened(&text[..begin]) {
        let is_word = text[begin..offset].chars().all(|c| c.is_ascii_lowercase());
        return is_word.then(|| Mention { kind: None, before: Vec::new(), word: begin..end(&is_of_id) });
    }
    let head = text[..begin].strip_suffix(':')?;
    let kind = *RefKind::ALL.iter().find(|kind| head.strip_suffix(kind.as_str()).is_some_and(opened))?;
    if kind == RefKind::Host {
        return Some(Mention { kind: Some(kind), before: Vec::new(), word: begin..end(&is_of_host) });
    }
    let mut before: Vec<&str> = text[begin..offset].split('/').collect();
    let typed = before.pop()?;
    Some(Mention { kind: Some(kind), before, word: offset - typed.len()..end(&is_of_id) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(Option<&'static str>, String, String)> {
        let offset = text.find('‸').unwrap();
        let text = text.replace('‸', "");
        let mention = mention_at(&text, offset)?;
        Some((mention.kind.map(RefKind::as_str), mention.before.join("/"), text[mention.word].to_owned()))
    }

    #[test]
    fn a_reference_is_known_while_it_is_typed() {
        for (text, kind, before, word) in [
            ("名 <component:ag‸ent> x", Some("component"), "", "agent"),
            ("<component:‸", Some("component"), "", ""),
            ("[a b](option:mode/pu‸", Some("option"), "mode", "pu"),
            ("<option:guard/mode/‸>", Some("option"), "guard/mode", ""),
            ("<host:a.b‸.c>", Some("host"), "", "a.b.c"),
            ("a <‸", None, "", ""),
            ("a <comp‸", None, "", "comp"),
        ] {
            assert_eq!(told(text), Some((kind, before.to_owned(), word.to_owned())), "{text}");
        }
        for text in ["a ‸", "to: ag‸", "x:y‸", "component:a‸", "(option:a‸)", "<kind:a‸>", "<a b‸", "<1.2‸", "‸"]
        {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
