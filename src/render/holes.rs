//! Written once, filled in per page: a text with holes. The rows of a product lack the way to its page,
//! pictures the way to their own page and to the site, sentences of pictures the destination and the ports.
//!
//! A hole is written as a marker. What makes a marker safe: it comes through every way by which it is
//! written as it went in, and no text of the content looks like one. The tests of this file hold the
//! ways; the markers say why no text does.

/// What is left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Hole {
    /// In a row: the way from its page to that of its product.
    Product,
    /// In a picture: the way to the page that it shows.
    Page,
    /// In a picture: the way to the site's root.
    Root,
    /// In a sentence: to whom something connects.
    To,
    /// In a sentence: on which ports.
    Ports,
}

impl Hole {
    /// What stands for it.
    pub(super) const fn marker(self) -> &'static str {
        match self {
            // It begins links that are escaped as links of all kinds are, so that it is of letters and
            // digits: a scheme that no link has, and a word that nobody writes.
            Self::Product => "rutter-product-7c1f9e:",
            // They begin links that are not escaped, since they are made of ids. No text may hold
            // control characters, and escaping leaves none.
            Self::Page => "\u{1}",
            Self::Root => "\u{2}",
            // They go into messages and are filled before anything is escaped: private characters, which
            // no message of ours holds.
            Self::To => "\u{f0000}",
            Self::Ports => "\u{f0001}",
        }
    }
}

/// A text and its holes, each where it belongs.
#[derive(Debug)]
pub(super) struct Stencil {
    text: String,
    holes: Vec<(usize, Hole)>,
}

impl Stencil {
    /// Cuts the holes of these kinds out of what was written.
    pub(super) fn cut(written: &str, kinds: &[Hole]) -> Self {
        let mut stencil = Self { text: String::with_capacity(written.len()), holes: Vec::new() };
        let mut from = 0;
        let next = |kind: Hole, from: usize| written[from..].find(kind.marker()).map(|at| from + at);
        let mut ahead: Vec<(Hole, Option<usize>)> = kinds.iter().map(|kind| (*kind, next(*kind, 0))).collect();
        while let Some((kind, at)) =
            ahead.iter().filter_map(|(kind, at)| Some((*kind, (*at)?))).min_by_key(|(_, at)| *at)
        {
            stencil.text.push_str(&written[from..at]);
            stencil.holes.push((stencil.text.len(), kind));
            from = at + kind.marker().len();
            for (_, passed) in ahead.iter_mut().filter(|(known, _)| *known == kind) {
                *passed = next(kind, from);
            }
        }
        stencil.text.push_str(&written[from..]);
        stencil
    }

    /// Appends the text with its holes filled.
    pub(super) fn push_to<'v>(&self, out: &mut String, fill: impl Fn(Hole) -> &'v str) {
        let mut from = 0;
        for (at, hole) in &self.holes {
            let value = fill(*hole);
            out.push_str(&self.text[from..*at]);
            out.push_str(value);
            from = *at;
            // From the product's own page a link to it begins with `./`, which no way goes on with.
            if *hole == Hole::Product && !value.is_empty() && self.text[from..].starts_with("./") {
                from += "./".len();
            }
        }
        out.push_str(&self.text[from..]);
    }

    /// What stands before its first hole, and what behind it.
    pub(super) fn halves(mut self) -> (String, String) {
        let after = self.text.split_off(self.holes.first().map_or(self.text.len(), |(at, _)| *at));
        (self.text, after)
    }

    /// The text with its holes filled.
    pub(super) fn filled<'v>(&self, fill: impl Fn(Hole) -> &'v str) -> String {
        let mut out = String::with_capacity(self.text.len() + self.holes.len() * 16);
        self.push_to(&mut out, fill);
        out
    }
}

#[cfg(test)]
mod tests {
    use minijinja::{AutoEscape, Environment, Value, context};
    use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, html};

    use super::super::{markdown, templates};
    use super::*;

    fn environment() -> Environment<'static> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|name| match name {
            "md" => AutoEscape::Custom("markdown".into()),
            _ => AutoEscape::Html,
        });
        environment.set_formatter(templates::write_escaped);
        environment
    }

    fn written(form: &str, value: Value) -> String {
        environment().render_named_str(form, "{{ value }}", context! { value }).unwrap_or_default()
    }

    /// A link to an address in a text, as HTML and as Markdown.
    fn linked(address: &str) -> [String; 2] {
        let events = vec![
            Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                dest_url: CowStr::from(address.to_owned()),
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            }),
            Event::End(TagEnd::Link),
        ];
        let (mut as_html, mut as_markdown) = (String::new(), String::new());
        markdown::push_markdown(&mut as_markdown, &events);
        html::push_html(&mut as_html, events.into_iter());
        [as_html, as_markdown]
    }

    #[test]
    fn no_way_of_writing_a_link_changes_the_marker_of_a_product() {
        let address = format!("{}../agent/#a", Hole::Product.marker());
        assert_eq!(written("html", Value::from(address.clone())), address);
        let mut destination = String::new();
        markdown::push_destination(&mut destination, &address);
        assert_eq!(destination, address);
        assert_eq!(written("md", Value::from_safe_string(destination)), address);
        for text in linked(&address) {
            assert!(text.contains(&address), "{text}");
        }
    }

    #[test]
    fn what_marks_a_picture_comes_through_only_where_nothing_is_escaped() {
        for hole in [Hole::Page, Hole::Root] {
            let marker = hole.marker();
            assert_eq!(written("html", Value::from_safe_string(format!("{marker}#a"))), format!("{marker}#a"));
            assert!(!written("html", Value::from(marker)).contains(marker), "a text could pass for a hole");
        }
    }

    #[test]
    fn what_marks_a_sentence_comes_through_a_message() {
        let source = "x = ({ $ports }) to { $to }.\n".to_owned();
        let resource = fluent_bundle::FluentResource::try_new(source).unwrap_or_else(|(resource, _)| resource);
        let mut bundle = fluent_bundle::FluentBundle::default();
        bundle.set_use_isolating(false);
        assert!(bundle.add_resource(resource).is_ok());
        let [to, ports] = [Hole::To, Hole::Ports].map(Hole::marker);
        let args = crate::l10n::args([("to", to), ("ports", ports)]);
        let pattern = bundle.get_message("x").and_then(|message| message.value());
        let said = pattern.map(|pattern| bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned());
        let stencil = Stencil::cut(&said.unwrap_or_default(), &[Hole::To, Hole::Ports]);
        let filled = stencil.filled(|hole| if hole == Hole::To { "B" } else { "443" });
        assert_eq!(filled, "(443) to B.");
    }

    #[test]
    fn holes_are_filled_where_they_were_and_nothing_else_changes() {
        let [page, root] = [Hole::Page, Hole::Root].map(Hole::marker);
        let stencil = Stencil::cut(&format!("{page}a{root}{root}b{page}"), &[Hole::Root, Hole::Page]);
        assert_eq!(stencil.filled(|hole| if hole == Hole::Page { "P" } else { "../" }), "Pa../../bP");
        let row = Stencil::cut(&format!("{0}./ and {0}b/", Hole::Product.marker()), &[Hole::Product]);
        assert_eq!(row.filled(|_| ""), "./ and b/");
        assert_eq!(row.filled(|_| "../"), "../ and ../b/");
        assert_eq!(Stencil::cut("", &[Hole::Product]).filled(|_| "x"), "");
    }
}
