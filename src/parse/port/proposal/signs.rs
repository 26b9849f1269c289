//! The signs by which people write ranges and large numbers, put into those of the language:
//! `1024:2048`, `1024..2048`, `1024+`, `≥1024`, `49,152`.

use crate::words::fold_for_search;

/// A line without the commas that part the digits of its numbers: `49,152-65,535` is no list. Of one
/// number alone nobody can tell; it comes along as the number it may be.
pub(super) fn without_groups(line: &str) -> (String, Option<u16>) {
    let line = fold_for_search(line);
    let ports = line.split(['/', ' ']).find(|word| word.contains(',')).unwrap_or_default().to_owned();
    let group = |text: &str| {
        let (head, tail) = text.split_once(',')?;
        let is_group = (1..=2).contains(&head.len()) && tail.len() == 3 && !head.starts_with('0');
        parse_digits(&format!("{head}{tail}")).filter(|_| is_group)
    };
    if let Some(number) = group(&ports) {
        // No port of a list begins with 0.
        let is_sure = ports.contains(",0");
        return if is_sure { (line.replacen(&ports, &number.to_string(), 1), None) } else { (line, Some(number)) };
    }
    match ports.split_once('-').and_then(|(first, last)| Some((group(first)?, group(last)?))) {
        Some((first, last)) => (line.replacen(&ports, &format!("{first}-{last}"), 1), None),
        None => (line, None),
    }
}

/// A line in width, case and dashes of an English keyboard, with the signs that tell ranges as `-`:
/// `1024:2048`, `1024..2048`, `1024+`.
pub(super) fn with_ranges(line: &str) -> String {
    let folded: Vec<char> = fold_for_search(line).chars().collect();
    let mut out = String::with_capacity(line.len() + 8);
    let mut at = 0;
    while let Some(c) = folded.get(at).copied() {
        let rest = &folded[at + 1..];
        let next = rest.first().copied();
        let is_behind_digit = out.ends_with(|c: char| c.is_ascii_digit());
        let digit_follows = next.is_some_and(|c| c.is_ascii_digit());
        let after = rest.iter().position(|c| !c.is_whitespace());
        let number_follows = after.is_some_and(|after| rest[after].is_ascii_digit());
        at += 1;
        match c {
            '+' if is_behind_digit && !number_follows && !next.is_some_and(char::is_alphabetic) => out.push('-'),
            ':' if is_behind_digit && (digit_follows || next.is_none_or(|c| c == '/')) => out.push('-'),
            // `:443` is an end to some and a port to others.
            ':' if digit_follows && !out.ends_with(char::is_alphabetic) => out.push('?'),
            '.' if is_behind_digit && next == Some('.') => {
                out.push('-');
                at += rest.iter().take_while(|c| **c == '.').count();
            }
            '>' | '<' if next == Some('=') => {
                out.push(if c == '>' { '≥' } else { '≤' });
                at += 1 + rest[1..].iter().take_while(|c| c.is_whitespace()).count();
            }
            '>' | '<' | '≥' | '≤' | '≧' | '≦' => {
                out.push(match c {
                    '≧' => '≥',
                    '≦' => '≤',
                    c => c,
                });
                at += rest.iter().take_while(|c| c.is_whitespace()).count();
            }
            '-' if number_follows && out.trim_end().ends_with(|c: char| c.is_ascii_alphanumeric()) => {
                out.truncate(out.trim_end().len());
                out.push('-');
                at += after.unwrap_or(0);
            }
            '-' if next.is_some_and(char::is_whitespace) && out.ends_with(char::is_whitespace) => {}
            // `1024以上`, `1024から2048`: scripts without spaces.
            c if !c.is_ascii() && c.is_alphabetic() && is_behind_digit => out.extend([' ', c]),
            c if c.is_ascii_digit() && out.ends_with(|c: char| !c.is_ascii() && c.is_alphabetic()) => {
                out.extend([' ', c]);
            }
            c => out.push(c),
        }
    }
    out
}

/// A port as the language writes it, if a word is one in some other form.
pub(super) fn port_of(word: &str) -> Option<String> {
    let word = word.trim_end_matches('.');
    match word {
        "any" | "all" | "*" | "alle" => return Some("any".to_owned()),
        "configured" => return Some(word.to_owned()),
        _ => {}
    }
    let (first, last) = match word.split_once('-') {
        Some((first, "")) => (first, "65535"),
        Some((first, last)) => (first, last),
        None => match word.split_at_checked(word.chars().next().map_or(0, char::len_utf8)) {
            Some((">", below)) => {
                return parse_digits(below).filter(|port| *port < 65535).map(|port| range(port + 1, 65535));
            }
            Some(("<", above)) => return parse_digits(above).filter(|port| *port > 1).map(|port| range(1, port - 1)),
            Some(("≥", first)) => return parse_digits(first).map(|port| range(port, 65535)),
            Some(("≤", last)) => return parse_digits(last).map(|port| range(1, port)),
            _ => (word, word),
        },
    };
    let (first, last) = (parse_digits(first)?, parse_digits(last)?);
    Some(range(first.min(last), first.max(last)))
}

fn range(first: u16, last: u16) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

pub(super) fn parse_digits(text: &str) -> Option<u16> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| is_digits && *port > 0)
}
