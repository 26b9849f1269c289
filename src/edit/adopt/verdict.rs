//! Whether a row is let through: "Allow", "Deny", 拒否.

/// What a cell of a column of actions says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    Allow,
    Block,
}

/// The words for either, in lower case and in every language of the site: tables in any of them have
/// English ones.
#[derive(Default)]
pub(super) struct VerdictWords {
    pub(super) allow: Vec<String>,
    pub(super) block: Vec<String>,
}

impl VerdictWords {
    /// What a cell says and, behind it, what else it says. Only a cell that begins with a word of a list
    /// is understood: "never allow" is not.
    pub(super) fn read<'t>(&self, text: &'t str) -> Option<(Verdict, &'t str)> {
        let is_edge = |c: char| !c.is_alphanumeric();
        let text = text.trim_matches(is_edge);
        let (allow, block) = (begun(text, &self.allow), begun(text, &self.block));
        let (verdict, end) = if block >= allow { (Verdict::Block, block) } else { (Verdict::Allow, allow) };
        let rest = text.get(end..).filter(|_| end > 0)?.trim_matches(is_edge);
        // "Allow / Deny" says neither.
        let has_more = |words: &[String]| (rest.char_indices()).any(|(at, _)| begun(&rest[at..], words) > 0);
        (!has_more(&self.allow) && !has_more(&self.block)).then_some((verdict, rest))
    }
}

/// How many bytes of a text are one of some words, whole.
fn begun(text: &str, words: &[String]) -> usize {
    let ends = words.iter().filter_map(|word| {
        let mut left = word.chars();
        let mut end = 0;
        for c in text.chars() {
            let Some(wanted) = left.next() else { break };
            if !c.to_lowercase().eq(std::iter::once(wanted)) {
                return None;
            }
            end += c.len_utf8();
        }
        (left.next().is_none() && !text[end..].starts_with(char::is_alphanumeric)).then_some(end)
    });
    ends.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_cell_that_begins_with_a_known_word_is_understood() {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        let known = VerdictWords {
            allow: words(&["allow", "許可", "zulassen"]),
            block: words(&["deny", "not allow", "拒否", "許可しない"]),
        };
        for (text, expected) in [
            ("Deny", Some((Verdict::Block, ""))),
            ("ALLOW", Some((Verdict::Allow, ""))),
            ("*Deny* (all)", Some((Verdict::Block, "all"))),
            ("Not allow", Some((Verdict::Block, ""))),
            ("拒否", Some((Verdict::Block, ""))),
            ("許可", Some((Verdict::Allow, ""))),
            ("許可しない", Some((Verdict::Block, ""))),
            ("許可されない", None),
            ("Never allow", None),
            ("Allowance", None),
            ("Allow / Deny", None),
            ("", None),
        ] {
            assert_eq!(known.read(text), expected, "{text}");
        }
    }
}
