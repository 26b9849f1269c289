//! Text → tokens of the search index. `docs/search.md` is the specification, and
//! `tests/search/tokenizer-vectors.json` holds this and the theme's script to it.

use super::fold_for_search;

/// No token is longer, in characters; what follows is cut off.
pub const LONGEST_TOKEN: usize = 64;

/// A stretch of folded text that is cut into tokens by one rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Run<'a> {
    /// Han and kana, written without spaces.
    Wide(&'a str),
    /// Letters and digits with what joins them: a word, a host, an address, a range.
    Word(&'a str),
}

/// The tokens of a text, in order.
pub fn tokens(text: &str) -> Vec<String> {
    let folded = fold_for_search(text);
    let mut tokens = Vec::new();
    for run in runs(&folded) {
        match run {
            Run::Wide(run) => pairs(run, |pair| tokens.push(pair.to_owned())),
            Run::Word(run) => parts(run, |part| tokens.push(part.to_owned())),
        }
    }
    tokens
}

/// The runs of a folded text.
pub fn runs(folded: &str) -> impl Iterator<Item = Run<'_>> {
    let mut rest = folded;
    std::iter::from_fn(move || {
        while let Some(c) = rest.chars().next() {
            let length = if is_in_pairs(c) {
                rest.find(|c| !is_in_pairs(c)).unwrap_or(rest.len())
            } else if is_word(c) || (rest.starts_with("::") && starts_with_word(&rest[2..])) {
                word_length(rest)
            } else {
                rest = &rest[c.len_utf8()..];
                continue;
            };
            let (run, after) = rest.split_at(length);
            rest = after;
            return Some(if is_in_pairs(c) { Run::Wide(run) } else { Run::Word(run) });
        }
        None
    })
}

fn starts_with_word(text: &str) -> bool {
    text.chars().next().is_some_and(is_word)
}

/// A word goes on over a single joiner, over `::` and `::/` of an IPv6 address.
fn word_length(text: &str) -> usize {
    let mut at = if text.starts_with("::") { 2 } else { 0 };
    loop {
        at += text[at..].find(|c| !is_word(c)).unwrap_or(text.len() - at);
        let rest = &text[at..];
        let joiner = ["::/", "::", ".", "/", ":", "_", "-"]
            .into_iter()
            .find(|joiner| rest.strip_prefix(joiner).is_some_and(starts_with_word));
        match joiner {
            Some(joiner) => at += joiner.len(),
            None => return at,
        }
    }
}

/// The overlapping pairs of a wide run; one character alone stays.
pub fn pairs(run: &str, mut emit: impl FnMut(&str)) {
    let trimmed = without_final_marks(run);
    let run = trimmed.as_deref().unwrap_or(run);
    let mut starts = run.char_indices().map(|(at, _)| at).chain([run.len()]);
    let (Some(mut first), Some(mut second)) = (starts.next(), starts.next()) else { return };
    let mut count = 0;
    for third in starts {
        emit(&run[first..third]);
        (first, second) = (second, third);
        count += 1;
    }
    if count == 0 {
        emit(&run[first..second]);
    }
}

/// サーバー and サーバ are one word: a katakana word of four or more loses a final ー.
fn without_final_marks(run: &str) -> Option<String> {
    if !run.contains('ー') {
        return None;
    }
    let mut text = String::with_capacity(run.len());
    let mut length = 0;
    let mut chars = run.chars().peekable();
    while let Some(c) = chars.next() {
        length = if is_katakana(c) { length + 1 } else { 0 };
        let ends = !chars.peek().copied().is_some_and(is_katakana);
        if !(c == 'ー' && ends && length >= 4) {
            text.push(c);
        }
    }
    Some(text)
}

/// A word run itself, then its parts, each once.
pub fn parts(run: &str, mut emit: impl FnMut(&str)) {
    let mut seen: Vec<&str> = Vec::new();
    let mut add = |part| {
        let part = cut(part);
        if !part.is_empty() && !seen.contains(&part) {
            seen.push(part);
            emit(part);
        }
    };
    add(run);
    if !run.contains(['.', '/', ':', '_', '-']) {
        return;
    }
    if is_address(run) {
        // Its numbers are no ports.
        add(run.split('/').next().unwrap_or(run));
        return;
    }
    for segment in run.split(['/', ':']) {
        add(segment);
        if segment.chars().all(|c| c.is_ascii_digit() || c == '.') {
            continue;
        }
        if segment.contains('.') {
            for (at, _) in segment.match_indices('.') {
                let suffix = &segment[at + 1..];
                if suffix.contains('.') && !suffix.ends_with(|c: char| c.is_ascii_digit()) {
                    add(suffix);
                }
            }
        }
        for label in segment.split('.') {
            add(label);
            label.split(['-', '_']).for_each(&mut add);
        }
    }
}

fn cut(token: &str) -> &str {
    if token.len() <= LONGEST_TOKEN {
        return token;
    }
    token.char_indices().nth(LONGEST_TOKEN).map_or(token, |(at, _)| &token[..at])
}

/// An address, perhaps with the length of a prefix. IPv4: four numbers. IPv6: hexadecimal groups and
/// at least two colons.
fn is_address(run: &str) -> bool {
    let (address, length) = run.split_once('/').unwrap_or((run, "0"));
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let is_ipv4 = address.split('.').count() == 4 && address.split('.').all(is_number);
    let is_ipv6 =
        address.matches(':').count() >= 2 && address.chars().all(|c| c.is_ascii_hexdigit() || c == ':' || c == '.');
    (is_ipv4 || is_ipv6) && is_number(length)
}

fn is_katakana(c: char) -> bool {
    matches!(u32::from(c), 0x30A1..=0x30FA | 0x30FC..=0x30FE | 0x31F0..=0x31FF)
}

/// Han and kana.
fn is_in_pairs(c: char) -> bool {
    matches!(u32::from(c),
        0x3005..=0x3007 | 0x3031..=0x3035 | 0x3041..=0x3096 | 0x309D..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF
        | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x1B000..=0x1B16F
        | 0x2_0000..=0x3_FFFF)
}

/// Letters and digits of every other script. Punctuation and symbols are named by their blocks and
/// not by Unicode's categories, so that browsers of any year agree with us.
fn is_word(c: char) -> bool {
    c.is_ascii_lowercase()
        || c.is_ascii_digit()
        || matches!(u32::from(c),
            0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x1FFF | 0x2C00..=0x2DFF | 0x2E80..=0x2FFF | 0x3100..=0x31EF
            | 0xA000..=0xD7FF | 0xFB00..=0xFDFF | 0xFE70..=0xFEFE | 0x1_0000..=0x1_AFFF | 0x1_B170..=0x1_CFFF
            | 0x1_D400..=0x1_EFFF)
}
