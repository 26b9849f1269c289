//! Texts → HTML or Markdown. References become links to what they name.

use std::borrow::Cow;

use minijinja::Value;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, html};
use serde::Serialize;

use super::{Hrefs, Task};
use crate::l10n::{Block, Part, Reason, Reference, State, Text, Voice};
use crate::locale::{Direction, LocaleId};
use crate::model::{Anchored, Link, PageRoute, ProductId, UnitId};
use crate::site::Site;
use crate::value::UnitKind;
use crate::words::scripts::Script;

/// A text as a template gets it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TextView {
    /// Safe text in the form of the page: a phrase for names and purposes, blocks otherwise.
    pub(super) text: Value,
    /// Set where the text is in another language than the page.
    pub(super) lang: Option<String>,
    /// Set where that language is written in the other direction.
    pub(super) dir: Option<Direction>,
    /// What readers must know of it: that it is not translated, or that nobody has accepted it.
    pub(super) notice: Option<String>,
}

/// What a page is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// For browsers.
    Html,
    /// For programs that read text.
    Markdown,
}

/// Whose readers see it, where, and in which form.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) site: &'a Site,
    pub(super) hrefs: &'a Hrefs<'a>,
    pub(super) voice: Voice<'a>,
    pub(super) locale: LocaleId,
    pub(super) form: Form,
}

impl<'a> Place<'a> {
    /// On a page of a task.
    pub(super) fn of(task: Task<'a>, hrefs: &'a Hrefs<'a>, locale: LocaleId, form: Form) -> Self {
        Self { site: task.site(), hrefs, voice: task.voice(locale), locale, form }
    }
}

impl Place<'_> {
    /// A text of the content.
    pub(super) fn text(self, unit: UnitId) -> TextView {
        let Some(shown) = self.site.texts.shown(unit, self.locale) else {
            unreachable!("only a site without structural errors is rendered, and there every unit has a source text");
        };
        let info = self.site.texts.unit(unit);
        // Generated words are of the same language as the text around them.
        let words = shown.locale;
        let events = self.events(shown.text, info.kind, info.product, words);
        let mut text = String::new();
        match self.form {
            Form::Html => html::push_html(&mut text, events.into_iter()),
            Form::Markdown => super::markdown::push_markdown(&mut text, &events),
        }
        let (lang, dir) = self.tongue(unit);
        TextView { text: Value::from_safe_string(text), lang, dir, notice: self.notice(unit) }
    }

    /// The language of what is shown for a unit, and its direction, where they are not the page's.
    pub(super) fn tongue(self, unit: UnitId) -> (Option<String>, Option<Direction>) {
        let locales = &self.site.config.locales;
        let shown = self.spoken(unit, self.locale).unwrap_or(self.locale);
        let lang = (shown != self.locale).then(|| locales.tag(shown).to_owned());
        let dir = locales.get(shown).direction();
        (lang, (dir != locales.get(self.locale).direction()).then_some(dir))
    }

    /// The language of what a locale shows for a unit. A name that is the same everywhere may be a
    /// word of one language, such as the label of a button: its script tells of which.
    fn spoken(self, unit: UnitId, locale: LocaleId) -> Option<LocaleId> {
        let Site { config, texts, .. } = self.site;
        let shown = texts.shown(unit, locale)?;
        let script = |locale: LocaleId| Script::of_locale(config.locales.tag(locale));
        let is_foreign = |locale: LocaleId| {
            self.voice.in_locale(shown.locale).name(unit).chars().any(|c| script(locale).excludes(c))
        };
        let is_name = texts.unit(unit).kind == UnitKind::Name;
        let other = config.locales.ids().find(|locale| !is_foreign(*locale));
        Some(other.filter(|_| is_name && is_foreign(shown.locale)).unwrap_or(shown.locale))
    }

    fn notice(self, unit: UnitId) -> Option<String> {
        let message = match self.site.translations().state(unit, self.locale) {
            State::Current => return None,
            State::Missing => "not-translated",
            State::NotAccepted(Reason::New | Reason::TranslationChanged(_)) => "not-accepted",
            State::NotAccepted(Reason::SourceChanged(_) | Reason::BothChanged(_)) => "outdated",
        };
        Some(self.voice.word(message))
    }

    fn events(self, text: &Text, kind: UnitKind, product: Option<ProductId>, words: LocaleId) -> Vec<Event<'_>> {
        let mut events = Vec::new();
        let mut is_linked = Vec::new();
        for part in text.parts() {
            match part {
                Part::Text(words) => events.push(Event::Text(words.into())),
                Part::Code(words) => events.push(Event::Code(words.into())),
                Part::Break => events.push(Event::HardBreak),
                Part::Start(Block::Paragraph) | Part::End(Block::Paragraph) if kind != UnitKind::Blocks => {}
                Part::Start(block) => events.push(Event::Start(tag(block))),
                Part::End(block) => events.push(Event::End(tag(block).to_end())),
                Part::Generated(reference) => self.generated(reference, product, words, &mut events),
                Part::Open(reference) => {
                    let href = self.href(reference, product);
                    is_linked.push(href.is_some());
                    events.extend(href.map(link));
                }
                Part::Close => {
                    if is_linked.pop() == Some(true) {
                        events.push(Event::End(TagEnd::Link));
                    }
                }
            }
        }
        events
    }

    fn generated<'e>(
        self,
        reference: &Reference,
        product: Option<ProductId>,
        words: LocaleId,
        events: &mut Vec<Event<'e>>,
    ) {
        let text: CowStr<'e> = self.voice.in_locale(words).reference_text(reference).into();
        let event = if let Reference::Host(_) = reference { Event::Code(text) } else { Event::Text(text) };
        let href = self.href(reference, product);
        let is_linked = href.is_some();
        let tongue = self.tongue_within(reference, words);
        events.extend(href.map(link));
        events.extend(tongue.as_ref().map(|tongue| Event::InlineHtml(format!("<span{tongue}>").into())));
        events.push(event);
        events.extend(tongue.map(|_| Event::InlineHtml("</span>".into())));
        if is_linked {
            events.push(Event::End(TagEnd::Link));
        }
    }

    /// The attributes of a name that stands in another language than the words around it.
    fn tongue_within(self, reference: &Reference, words: LocaleId) -> Option<String> {
        let locales = &self.site.config.locales;
        let shown = self.spoken(self.site.speech().reference_name(reference)?, words)?;
        if shown == words || self.form == Form::Markdown {
            return None;
        }
        let direction = locales.get(shown).direction();
        let dir = match direction {
            _ if direction == locales.get(words).direction() => "",
            Direction::Ltr => " dir=\"ltr\"",
            Direction::Rtl => " dir=\"rtl\"",
        };
        Some(format!(" lang=\"{}\"{dir}", locales.tag(shown)))
    }

    /// Where a reference leads; dates stand for themselves.
    fn href(self, reference: &Reference, product: Option<ProductId>) -> Option<String> {
        let model = &self.site.model;
        let link: Link<'_> = match reference {
            Reference::Component(id) => PageRoute::Component(*id).into(),
            Reference::Flow(id) | Reference::Ports(id) => model.link_to(Anchored::Flow(*id)),
            Reference::Option(id) | Reference::Choice(id, _) => {
                // An option of common is explained on the page of each product that depends on it.
                let product =
                    model[*id].product.or(product).filter(|product| model.options_of(*product).contains(id))?;
                model.link_to(Anchored::Option(product, *id))
            }
            Reference::Product(id) | Reference::Versions(id) => PageRoute::Product(*id).into(),
            Reference::Scenario(id) => PageRoute::Scenario(*id).into(),
            Reference::Term(id) => model.link_to(Anchored::Term(*id)),
            Reference::Page(id) => PageRoute::Prose(*id).into(),
            Reference::Source(id) => model.link_to(Anchored::Source(*id)),
            Reference::Host(host) => model.link_to_host(host)?,
            Reference::Date(_) => return None,
        };
        Some(self.hrefs.to(self.locale, link))
    }
}

fn tag(block: Block) -> Tag<'static> {
    match block {
        Block::Paragraph => Tag::Paragraph,
        Block::List(first) => Tag::List(first),
        Block::Item => Tag::Item,
        Block::Emphasis => Tag::Emphasis,
        Block::Strong => Tag::Strong,
    }
}

fn link<'e>(href: String) -> Event<'e> {
    Event::Start(Tag::Link {
        link_type: LinkType::Inline,
        dest_url: Cow::<str>::Owned(href).into(),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    })
}
