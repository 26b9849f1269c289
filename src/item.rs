//! Kinds of items, and the ids of the texts that stand in them, each spelled once: `rename`, anchors,
//! references, messages and the records of accepted translations all take them from here.

/// A kind of item.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(missing_docs, reason = "the kinds of items")]
pub enum ItemKind {
    Product,
    Component,
    Flow,
    Option,
    Choice,
    Scenario,
    Note,
    Source,
    Table,
    Term,
    Page,
    Section,
    Zone,
    Service,
    AddressList,
    PortRange,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Product,
        Self::Component,
        Self::Flow,
        Self::Option,
        Self::Choice,
        Self::Scenario,
        Self::Note,
        Self::Source,
        Self::Table,
        Self::Term,
        Self::Page,
        Self::Section,
        Self::Zone,
        Self::Service,
        Self::AddressList,
        Self::PortRange,
    ];

    /// As messages, ids of texts and references name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Component => "component",
            Self::Flow => "flow",
            Self::Option => "option",
            Self::Choice => "choice",
            Self::Scenario => "scenario",
            Self::Note => "note",
            Self::Source => "source",
            Self::Table => "table",
            Self::Term => "term",
            Self::Page => "page",
            Self::Section => "section",
            Self::Zone => "zone",
            Self::Service => "service",
            Self::AddressList => "address list",
            Self::PortRange => "port range",
        }
    }

    /// The kind with a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }

    /// What its anchors begin with; `None` where the id alone is the anchor, or where it has none.
    pub fn anchor_prefix(self) -> Option<&'static str> {
        match self {
            Self::Component => Some("component-"),
            Self::Option => Some("option-"),
            Self::Note => Some("note-"),
            Self::Term => Some("term-"),
            Self::Scenario => Some("scenario-"),
            Self::Source => Some("source-"),
            Self::Product
            | Self::Flow
            | Self::Choice
            | Self::Table
            | Self::Page
            | Self::Section
            | Self::Zone
            | Self::Service
            | Self::AddressList
            | Self::PortRange => None,
        }
    }

    /// What its items are parts of, if they are.
    pub fn of_whole(self) -> Option<Self> {
        match self {
            Self::Choice => Some(Self::Option),
            Self::Section => Some(Self::Page),
            Self::Table => Some(Self::Source),
            Self::Product
            | Self::Component
            | Self::Flow
            | Self::Option
            | Self::Scenario
            | Self::Note
            | Self::Source
            | Self::Term
            | Self::Page
            | Self::Zone
            | Self::Service
            | Self::AddressList
            | Self::PortRange => None,
        }
    }

    /// Where its items are defined.
    pub fn home(self) -> Home {
        match self {
            Self::Product | Self::Page => Home::File,
            Self::Section => Home::Page,
            Self::Term | Self::Zone | Self::Service | Self::PortRange => Home::Common,
            Self::Flow | Self::Scenario | Self::Note | Self::Source | Self::Table => Home::Product,
            Self::Component | Self::Option | Self::Choice | Self::AddressList => Home::ProductOrCommon,
        }
    }
}

/// Where the items of a kind are defined.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Home {
    /// Each is a file, whose name is its id.
    File,
    /// Below a prose page.
    Page,
    /// In common only.
    Common,
    /// In a product only.
    Product,
    /// In a product or in common.
    ProductOrCommon,
}

/// Where common items stand, as ids of texts begin.
pub const COMMON: &str = "common";
/// The same for prose pages.
const PAGES: &str = "pages";
/// The same for the messages of the interface.
const MESSAGES: &str = "i18n";

/// The id of a text: `PRODUCT/product/FIELD`, `SCOPE/KIND/ID/FIELD` (a product's id or `common`),
/// `SCOPE/option/ID/CHOICE/FIELD`, `PRODUCT/source/ID/TABLE/FIELD`, `pages/PAGE/FIELD`, `pages/PAGE/SECTION/FIELD`, `i18n/MESSAGE`.
/// Translators, records and the command line name a text by it, so it never changes but by `rename`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UnitKey(Box<str>);

impl UnitKey {
    /// The id of a message of the interface.
    pub fn message(id: &str) -> Self {
        Self(format!("{MESSAGES}/{id}").into())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::ops::Deref for UnitKey {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for UnitKey {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for UnitKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// An item, as the ids of its texts begin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitPrefix(String);

impl UnitPrefix {
    /// A product.
    pub fn product(id: &str) -> Self {
        Self(format!("{id}/{}", ItemKind::Product.as_str()))
    }

    /// An item of a product, or of common where no product is given.
    pub fn item(product: Option<&str>, kind: ItemKind, id: &str) -> Self {
        Self(format!("{}/{}/{id}", product.unwrap_or(COMMON), kind.as_str()))
    }

    /// A prose page.
    pub fn page(id: &str) -> Self {
        Self(format!("{PAGES}/{id}"))
    }

    /// A part of this item: a choice of an option, a table of a source, a section of a page.
    #[must_use]
    pub fn part(&self, id: &str) -> Self {
        Self(format!("{}/{id}", self.0))
    }

    /// The id of one of its texts.
    pub fn field(&self, field: &str) -> UnitKey {
        UnitKey(format!("{}/{field}", self.0).into())
    }
}

/// Whose a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope<'a> {
    /// Of a product.
    Product(&'a str),
    /// Of an item of common.
    Common,
    /// Of a prose page.
    Pages,
    /// Of the interface.
    Messages,
}

impl<'a> Scope<'a> {
    /// The scope of the text with an id.
    pub fn of(key: &'a str) -> Self {
        match scope_name(key) {
            COMMON => Self::Common,
            PAGES => Self::Pages,
            MESSAGES => Self::Messages,
            product => Self::Product(product),
        }
    }

    /// The product, if it is one.
    pub fn product(self) -> Option<&'a str> {
        match self {
            Self::Product(id) => Some(id),
            Self::Common | Self::Pages | Self::Messages => None,
        }
    }
}

/// What the id of a text begins with, which names the file of its record: `deep-security`, `common`,
/// `pages`, `i18n`.
pub fn scope_name(key: &str) -> &str {
    key.split('/').next().unwrap_or(key)
}

/// The id of the message that a text is, if it is one.
pub fn message_of(key: &str) -> Option<&str> {
    key.strip_prefix(MESSAGES)?.strip_prefix('/')
}

/// The field of the text with an id: `purpose`.
pub fn field_of(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// The item of the text with an id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ItemOf<'a> {
    /// What it is.
    pub kind: ItemKind,
    /// Its id.
    pub id: &'a str,
    /// What it is a part of: the option of a choice, the source of a table, the page of a section.
    pub whole: Option<&'a str>,
}

/// The item of the text with an id; `None` for messages and for what is no id of a text.
pub fn item_of(key: &str) -> Option<ItemOf<'_>> {
    let parts: Vec<&str> = key.split('/').collect();
    let (kind, whole, id) = match (Scope::of(key), parts.as_slice()) {
        (Scope::Pages, [_, page, _]) => (ItemKind::Page, None, *page),
        (Scope::Pages, [_, page, section, _]) => (ItemKind::Section, Some(*page), *section),
        (Scope::Product(product), [_, kind, _]) if ItemKind::find(kind) == Some(ItemKind::Product) => {
            (ItemKind::Product, None, product)
        }
        (Scope::Product(_) | Scope::Common, [_, kind, option, choice, _])
            if ItemKind::find(kind) == Some(ItemKind::Option) =>
        {
            (ItemKind::Choice, Some(*option), *choice)
        }
        (Scope::Product(_), [_, kind, source, table, _]) if ItemKind::find(kind) == Some(ItemKind::Source) => {
            (ItemKind::Table, Some(*source), *table)
        }
        (Scope::Product(_) | Scope::Common, [_, kind, id, _]) => (ItemKind::find(kind)?, None, *id),
        _ => return None,
    };
    Some(ItemOf { kind, id, whole })
}

/// The id of a text after an item has got another one: `whole` is the option of a choice, the source of a
/// table. Whether the
/// text is of that very item, and not of its namesake elsewhere, the caller knows.
pub fn renamed(key: &str, kind: ItemKind, whole: Option<&str>, (old, new): (&str, &str)) -> String {
    let mut parts: Vec<&str> = key.split('/').collect();
    let found = item_of(key);
    let place = match kind {
        ItemKind::Product => (Scope::of(key) == Scope::Product(old)).then_some(0),
        ItemKind::Page => (Scope::of(key) == Scope::Pages && parts.get(1) == Some(&old)).then_some(1),
        // Its choices lie below an option, its tables below a source.
        ItemKind::Option | ItemKind::Source => {
            let is_own = |found: ItemOf<'_>| {
                found.kind == kind && found.id == old || found.kind.of_whole() == Some(kind) && found.whole == Some(old)
            };
            found.is_some_and(is_own).then_some(2)
        }
        ItemKind::Choice | ItemKind::Table | ItemKind::Section => {
            let is_own = |found: ItemOf<'_>| found.kind == kind && found.whole == whole && found.id == old;
            found.is_some_and(is_own).then(|| parts.len() - 2)
        }
        ItemKind::Component
        | ItemKind::Flow
        | ItemKind::Scenario
        | ItemKind::Note
        | ItemKind::Term
        | ItemKind::Zone
        | ItemKind::Service
        | ItemKind::AddressList
        | ItemKind::PortRange => found.is_some_and(|found| found.kind == kind && found.id == old).then_some(2),
    };
    if let Some(place) = place {
        parts[place] = new;
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(key: &str) -> Option<(ItemKind, &str, Option<&str>)> {
        item_of(key).map(|item| (item.kind, item.id, item.whole))
    }

    #[test]
    fn the_id_of_a_text_tells_its_item() {
        let option = UnitPrefix::item(Some("guard"), ItemKind::Option, "mode");
        let page = UnitPrefix::page("reading");
        let source = UnitPrefix::item(Some("guard"), ItemKind::Source, "manual");
        for (key, item, scope) in [
            (UnitPrefix::product("guard").field("name"), (ItemKind::Product, "guard", None), Scope::Product("guard")),
            (option.field("label"), (ItemKind::Option, "mode", None), Scope::Product("guard")),
            (option.part("push").field("label"), (ItemKind::Choice, "push", Some("mode")), Scope::Product("guard")),
            (
                UnitPrefix::item(None, ItemKind::Term, "beat").field("name"),
                (ItemKind::Term, "beat", None),
                Scope::Common,
            ),
            (page.field("title"), (ItemKind::Page, "reading", None), Scope::Pages),
            (source.part("in").field("title"), (ItemKind::Table, "in", Some("manual")), Scope::Product("guard")),
            (page.part("one").field("text"), (ItemKind::Section, "one", Some("reading")), Scope::Pages),
        ] {
            assert_eq!((of(&key), Scope::of(&key)), (Some(item), scope), "{key}");
        }
        let message = UnitKey::message("port-any");
        assert_eq!(
            (of(&message), Scope::of(&message), message_of(&message)),
            (None, Scope::Messages, Some("port-any"))
        );
        for no_key in ["", "guard", "guard/flow", "guard/flux/x/purpose", "guard/flow/x/y/z/purpose", "pages/a"] {
            assert_eq!(of(no_key), None, "{no_key}");
        }
    }

    #[test]
    fn an_item_is_renamed_in_its_own_place_only() {
        let ids = ("old", "new");
        for (key, kind, whole, expected) in [
            ("old/product/name", ItemKind::Product, None, "new/product/name"),
            ("old/flow/old/purpose", ItemKind::Product, None, "new/flow/old/purpose"),
            ("guard/flow/old/purpose", ItemKind::Flow, None, "guard/flow/new/purpose"),
            ("guard/note/old/text", ItemKind::Flow, None, "guard/note/old/text"),
            ("guard/option/old/push/label", ItemKind::Option, None, "guard/option/new/push/label"),
            ("guard/option/mode/old/label", ItemKind::Choice, Some("mode"), "guard/option/mode/new/label"),
            ("guard/option/depth/old/label", ItemKind::Choice, Some("mode"), "guard/option/depth/old/label"),
            ("guard/source/old/in/title", ItemKind::Source, None, "guard/source/new/in/title"),
            ("guard/source/manual/old/title", ItemKind::Table, Some("manual"), "guard/source/manual/new/title"),
            ("guard/source/guide/old/title", ItemKind::Table, Some("manual"), "guard/source/guide/old/title"),
            ("pages/old/title", ItemKind::Page, None, "pages/new/title"),
            ("pages/old/old/text", ItemKind::Page, None, "pages/new/old/text"),
            ("pages/one/old/text", ItemKind::Section, Some("one"), "pages/one/new/text"),
            ("i18n/old", ItemKind::Page, None, "i18n/old"),
        ] {
            assert_eq!(renamed(key, kind, whole, ids), expected, "{key}");
        }
    }
}
