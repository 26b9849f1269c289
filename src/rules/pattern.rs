//! Patterns of formats: text with holes, `@name@`. They are filled in one pass; what is filled in is never read again,
//! and there are neither conditions nor loops: two readers of them write the same bytes.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Text with holes.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Piece {
    Text(String),
    Hole(String),
}

impl From<String> for Pattern {
    fn from(text: String) -> Self {
        let mut pieces = Vec::new();
        let (mut plain, mut rest) = (String::new(), text.as_str());
        while let Some(at) = rest.find('@') {
            let (before, behind) = (&rest[..at], &rest[at + 1..]);
            plain += before;
            if let Some(name) = behind.find('@').map(|end| &behind[..end]).filter(|name| is_name(name)) {
                pieces.extend((!plain.is_empty()).then(|| Piece::Text(std::mem::take(&mut plain))));
                pieces.push(Piece::Hole(name.to_owned()));
                rest = &behind[name.len() + 1..];
            } else {
                plain.push('@');
                rest = behind;
            }
        }
        plain += rest;
        pieces.extend((!plain.is_empty()).then_some(Piece::Text(plain)));
        Self(pieces)
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        let piece = |piece: Piece| match piece {
            Piece::Text(text) => text,
            Piece::Hole(name) => format!("@{name}@"),
        };
        pattern.0.into_iter().map(piece).collect()
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.' || byte == b'-')
}

impl Pattern {
    /// Its text with the holes filled. What nobody knows stays as it stands.
    pub(super) fn fill<'v>(&self, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(plain) => text += plain,
                Piece::Hole(name) => {
                    if let Some(value) = value(name) {
                        text += &value;
                    } else {
                        text.push('@');
                        text += name;
                        text.push('@');
                    }
                }
            }
        }
        text
    }

    /// The names of its holes.
    pub(super) fn holes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Hole(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Whether it has a hole.
    pub(super) fn has(&self, name: &str) -> bool {
        self.holes().any(|hole| hole == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_read_again() {
        let pattern = Pattern::from("a@b.example @x@@y@ @Z@ @z@".to_owned());
        let filled = pattern.fill(|name| match name {
            "x" => Some("@y@".into()),
            "y" => Some("1".into()),
            _ => None,
        });
        assert_eq!(filled, "a@b.example @y@1 @Z@ @z@");
        assert_eq!(pattern.holes().collect::<Vec<_>>(), ["x", "y", "z"]);
        assert_eq!(String::from(pattern), "a@b.example @x@@y@ @Z@ @z@");
    }
}
