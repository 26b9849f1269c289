//! The files of a new site in other languages than the built-in example has: what is not in one of them
//! is left out.

use std::fmt::Write as _;

/// The languages in which the example has texts; the first has all of them.
const WRITTEN: [&str; 3] = ["en", "ja", "de"];
/// Texts that the example has in its first language only, each line in all of them.
const TEXTS: &str = include_str!("texts.tsv");

/// A configuration for some locales, the first of which is the source locale.
pub(super) fn config(tags: &[String]) -> String {
    let list = |tags: &[String]| tags.iter().map(|tag| format!("\"{tag}\"")).collect::<Vec<_>>().join(", ");
    let mut text = format!(
        "#:schema ./schema/site.json\n# One title, or a table with one per locale.\ntitle = \"Port reference\"\n# The locale in which texts are written first, and all locales in the order of the language menu.\nsource_locale = \"{}\"\nlocales = [{}]\n",
        tags[0],
        list(tags)
    );
    if tags.len() > 1 {
        let _ = write!(
            text,
            "# Locales whose texts may still be missing: readers see the source text with a mark.\ndrafts = [{}]\n",
            list(&tags[1..])
        );
    }
    text.push_str("# The address at which the site will stand; without it there is no sitemap.\n# base_url = \"https://example.org/ports/\"\noutput = \"public\"\n");
    text
}

/// A file of the example with the texts of some locales.
pub(super) fn content(template: &str, tags: &[String]) -> String {
    let lines: Vec<&str> = template.lines().collect();
    let mut text = String::new();
    let mut at = 0;
    while at < lines.len() {
        let group = group(&lines[at..]);
        if group.is_empty() {
            text.push_str(&inline(lines[at], tags));
            text.push('\n');
            at += 1;
            continue;
        }
        let indent = &lines[at][..lines[at].len() - lines[at].trim_start().len()];
        let texts: Vec<(&str, String)> = group.iter().map(|(tag, lines)| (*tag, value(lines))).collect();
        for (tag, value) in chosen(&texts, tags) {
            // YAML takes a colon before a space for a key.
            let value = if value.contains(": ") { format!("\"{value}\"") } else { value };
            let _ = writeln!(text, "{indent}{tag}: {value}");
        }
        at += group.iter().map(|(_, lines)| lines.len()).sum::<usize>();
    }
    text
}

/// The entries by language that some lines begin with; a block's lines stand with its key.
fn group<'a>(lines: &'a [&'a str]) -> Vec<(&'a str, &'a [&'a str])> {
    let mut entries = Vec::new();
    let mut at = 0;
    while let Some(tag) = lines.get(at).and_then(|line| tag_of(line)) {
        let length = 1 + usize::from(lines[at].ends_with('|'));
        entries.push((tag, &lines[at..(at + length).min(lines.len())]));
        at += length;
    }
    entries
}

fn tag_of(line: &str) -> Option<&'static str> {
    let key = line.trim_start().split(':').next()?;
    WRITTEN.into_iter().find(|tag| *tag == key)
}

/// The text of an entry, in one line.
fn value(lines: &[&str]) -> String {
    match lines {
        [key, text] if key.ends_with('|') => text.trim().to_owned(),
        [line, ..] => line.split_once(": ").map_or("", |(_, text)| text).to_owned(),
        [] => String::new(),
    }
}

/// `name: { en: Internet, de: =en }` with the chosen locales; a text for all in the source locale.
fn inline(line: &str, tags: &[String]) -> String {
    let plain = line.split_once(": ").and_then(|(key, text)| Some((key, translated(text, &tags[0])?)));
    if let Some((key, text)) = plain {
        return format!("{key}: {text}");
    }
    let Some((before, rest)) = line.split_once("{ ") else { return line.to_owned() };
    let Some((inner, behind)) = rest.split_once(" }") else { return line.to_owned() };
    let pairs: Vec<(&str, String)> =
        inner.split(", ").filter_map(|pair| pair.split_once(": ")).map(|(tag, text)| (tag, text.to_owned())).collect();
    if pairs.first().is_none_or(|(tag, _)| *tag != WRITTEN[0]) {
        return line.to_owned();
    }
    let kept: Vec<String> = chosen(&pairs, tags).iter().map(|(tag, text)| format!("{tag}: {text}")).collect();
    format!("{before}{{ {} }}{behind}", kept.join(", "))
}

/// The texts of the chosen locales. The source locale always has one: its own, else the first language's.
fn chosen<'t>(texts: &[(&str, String)], tags: &'t [String]) -> Vec<(&'t str, String)> {
    let first = texts.first().map_or("", |(_, text)| text.as_str());
    let written = |tag: &str| texts.iter().find(|(known, _)| *known == tag).map(|(_, text)| text.clone());
    let mut chosen = Vec::new();
    for (position, tag) in tags.iter().enumerate() {
        let own = written(tag).or_else(|| translated(first, tag));
        // "The same as in English" needs an English text to be the same as.
        let same = own.as_deref() == Some("=en") && (position == 0 || !tags.iter().any(|tag| tag == WRITTEN[0]));
        let own = if same { Some(first.to_owned()) } else { own };
        match own {
            Some(text) => chosen.push((tag.as_str(), text)),
            None if position == 0 => chosen.push((tag.as_str(), first.to_owned())),
            None => {}
        }
    }
    chosen
}

fn translated(text: &str, tag: &str) -> Option<String> {
    let column = WRITTEN.iter().position(|written| *written == tag)?;
    let line = TEXTS.lines().find(|line| line.split('\t').next() == Some(text))?;
    line.split('\t').nth(column).map(str::to_owned)
}
