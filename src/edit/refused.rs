//! Why nothing comes of a wish.

use crate::item::ItemKind;

use super::proof::Objections;

/// Why a change is refused.
#[derive(Debug)]
pub enum Refused {
    /// The site has structural errors already; loading it tells them.
    Structure,
    /// What speaks against it.
    Findings {
        /// In the order in which it was found; the last one decided.
        told: Vec<Objections>,
        /// How much more there is of the last one, which is not told one by one.
        more: usize,
    },
    /// What was asked for is not to be had.
    Usage(Usage),
}

impl From<Usage> for Refused {
    fn from(usage: Usage) -> Self {
        Self::Usage(usage)
    }
}

/// What is wrong with what was asked for. `close` is what may have been meant instead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Usage {
    /// No unit has this id.
    NoUnit {
        /// As asked for.
        unit: String,
        /// A help.
        close: Option<String>,
    },
    /// The new id has not the form of one.
    NoId {
        /// As asked for.
        new: String,
    },
    /// The path has too few or too many parts for its kind.
    NoPath {
        /// What was to be renamed.
        kind: ItemKind,
        /// As asked for.
        old: String,
    },
    /// The product before the id is not there.
    NoProduct {
        /// As asked for.
        product: String,
        /// A help.
        close: Option<String>,
    },
    /// Nothing of this kind has the old id in this place.
    NoItem {
        /// What was to be renamed.
        kind: ItemKind,
        /// As asked for.
        old: String,
        /// A help.
        help: String,
    },
    /// The new id is that of another item.
    Taken {
        /// As asked for.
        new: String,
        /// Who has it.
        holder: String,
    },
}

impl Usage {
    /// What is wrong; lowercase, without a full stop.
    pub fn headline(&self) -> String {
        match self {
            Self::NoUnit { unit, .. } => format!("no unit is called `{unit}`"),
            Self::NoId { new } => format!("`{new}` is no id"),
            Self::NoPath { kind, old } => format!("`{old}` names no {}", kind.as_str()),
            Self::NoProduct { product, .. } => format!("no product is called `{product}`"),
            Self::NoItem { kind, old, .. } => format!("no {} is called `{old}`", kind.as_str()),
            Self::Taken { new, holder } => format!("`{new}` is taken: {holder}"),
        }
    }

    /// The next step.
    pub fn help(&self) -> String {
        let or = |close: &Option<String>, other: &str| close.clone().unwrap_or_else(|| other.to_owned());
        match self {
            Self::NoUnit { close, .. } => or(close, "`rutter status` lists what is not accepted"),
            Self::NoId { .. } => {
                "ids begin with a letter a–z and hold a–z, 0–9 and `-`, at most 80; the new one is written without its product"
                    .to_owned()
            }
            Self::NoPath { kind: ItemKind::Choice, .. } => {
                "write `PRODUCT/OPTION/CHOICE`, or `OPTION/CHOICE` of common".to_owned()
            }
            Self::NoPath { kind: ItemKind::Table, .. } => "write `PRODUCT/SOURCE/TABLE`".to_owned(),
            Self::NoPath { .. } => "write `PRODUCT/ID`, or `ID` of common".to_owned(),
            Self::NoProduct { close, .. } => or(close, "products are the files of `content/products/`"),
            Self::NoItem { help, .. } => help.clone(),
            Self::Taken { .. } => "choose another id".to_owned(),
        }
    }
}
