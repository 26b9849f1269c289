//! Names that a format takes: of rules and objects, each once.

use std::collections::BTreeSet;

use super::characters::set_of;
use super::format::NameForm;

/// Gives names, and knows those given so far.
#[derive(Default)]
pub(super) struct Namer(BTreeSet<String>);

impl Namer {
    /// A name close to this one that no other has.
    pub(super) fn take(&mut self, wanted: &str, form: Option<&NameForm>) -> String {
        let name = fitting(wanted, form, "");
        if self.0.insert(name.clone()) {
            return name;
        }
        for number in 2_u32.. {
            let name = fitting(wanted, form, &format!("-{number}"));
            if self.0.insert(name.clone()) {
                return name;
            }
        }
        name
    }
}

/// In the characters and the length that a format takes. What had to be cut is told apart by a hash of all of it.
fn fitting(wanted: &str, form: Option<&NameForm>, suffix: &str) -> String {
    let Some(form) = form else { return format!("{wanted}{suffix}") };
    let stays = set_of(form.not.strip_prefix("[^").and_then(|set| set.strip_suffix(']')).unwrap_or_default());
    let kept = |c: char| if stays.contains(&c) { c } else { '-' };
    let name: String = wanted.chars().map(kept).collect();
    if name.len() + suffix.len() <= form.max {
        return name + suffix;
    }
    let tail = format!("-{:08x}", fnv1a(wanted));
    let room = form.max.saturating_sub(tail.len() + suffix.len());
    format!("{}{tail}{suffix}", &name[..room.min(name.len())])
}

/// FNV-1a, 32 bits: five lines in any language.
fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_and_are_given_once() {
        let form = NameForm { not: "[^A-Za-z0-9._-]".to_owned(), max: 14 };
        let mut names = Namer::default();
        assert_eq!(names.take("a:b", Some(&form)), "a-b");
        assert_eq!(names.take("a/b", Some(&form)), "a-b-2");
        assert_eq!(names.take("service-to-agent", Some(&form)), "servi-785650ca");
        assert_eq!(names.take("service-to-agent", Some(&form)), "ser-785650ca-2");
        assert_eq!(fnv1a(""), 0x811c_9dc5);
        assert_eq!(fnv1a("a"), 0xe40c_292c);
    }
}
