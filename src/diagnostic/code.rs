//! The names of all defects. `explain.md` describes each; a test holds the two together.

use std::fmt;

macro_rules! codes {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// The name of a defect: stable, what `allow` takes and `explain` describes.
        #[non_exhaustive]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[expect(missing_docs, reason = "`explain.md` documents each")]
        pub enum Code { $($variant),* }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// As users write it.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }
        }
    };
}

codes! {
    // Files and their form.
    InvalidUtf8 = "invalid-utf8",
    ByteOrderMark = "byte-order-mark",
    ForbiddenCharacter = "forbidden-character",
    UnexpectedFile = "unexpected-file",
    YamlSyntax = "yaml-syntax",
    YamlFeature = "yaml-feature",
    DuplicateKey = "duplicate-key",
    TomlSyntax = "toml-syntax",
    RuleFormat = "rule-format",
    // Keys and values.
    UnknownKey = "unknown-key",
    MissingKey = "missing-key",
    WrongType = "wrong-type",
    UnknownValue = "unknown-value",
    UnquotedLiteral = "unquoted-literal",
    CommentInText = "comment-in-text",
    TooLong = "too-long",
    InvalidId = "invalid-id",
    ReservedId = "reserved-id",
    DuplicateId = "duplicate-id",
    UnknownLocale = "unknown-locale",
    MissingText = "missing-text",
    EmptyText = "empty-text",
    SameAsUnknown = "same-as-unknown",
    SameAsInProse = "same-as-in-prose",
    // Facts as written.
    PortForm = "port-form",
    AddressForm = "address-form",
    DateForm = "date-form",
    UrlForm = "url-form",
    // References between items.
    UnknownComponent = "unknown-component",
    UnknownService = "unknown-service",
    UnknownZone = "unknown-zone",
    UnknownOption = "unknown-option",
    UnknownChoice = "unknown-choice",
    UnknownFlow = "unknown-flow",
    UnknownSource = "unknown-source",
    UnknownList = "unknown-list",
    UnknownRange = "unknown-range",
    UnknownTable = "unknown-table",
    UnknownCode = "unknown-code",
    CommonOverride = "common-override",
    MissingFrom = "missing-from",
    MissingPurpose = "missing-purpose",
    OptionCycle = "option-cycle",
    RunsOnCycle = "runs-on-cycle",
    TooManyChoices = "too-many-choices",
    // Facts that contradict each other.
    NeverHolds = "never-holds",
    DuplicateFlow = "duplicate-flow",
    OverlappingPorts = "overlapping-ports",
    BlockedAndNeeded = "blocked-and-needed",
    ServiceMismatch = "service-mismatch",
    ServiceConflict = "service-conflict",
    UncoveredRow = "uncovered-row",
    UnknownRow = "unknown-row",
    SkippedRow = "skipped-row",
    NotAnAlternative = "not-an-alternative",
    EmptyMachine = "empty-machine",
    UnusedItem = "unused-item",
    UnusedAllow = "unused-allow",
    // Acceptance of translations.
    NotAccepted = "not-accepted",
    RecordSyntax = "record-syntax",
    RecordConflict = "record-conflict",
    // Translators' files.
    PoSyntax = "po-syntax",
    PoHeader = "po-header",
    UnknownUnit = "unknown-unit",
    StaleSource = "stale-source",
    SameEverywhere = "same-everywhere",
    // Prose.
    MarkupNotAllowed = "markup-not-allowed",
    AccidentalMarkup = "accidental-markup",
    UnknownReference = "unknown-reference",
    BrokenReference = "broken-reference",
    RawUrl = "raw-url",
    AmbiguousReference = "ambiguous-reference",
    // Translations.
    ReferenceMismatch = "reference-mismatch",
    NakedFact = "naked-fact",
    EndPunctuation = "end-punctuation",
    NumberMismatch = "number-mismatch",
    LiteralMismatch = "literal-mismatch",
    NegationMismatch = "negation-mismatch",
    ConditionMismatch = "condition-mismatch",
    ForbiddenTerm = "forbidden-term",
    Untranslated = "untranslated",
    StructureMismatch = "structure-mismatch",
    LengthRatio = "length-ratio",
    TermMissing = "term-missing",
    InconsistentTranslation = "inconsistent-translation",
    NakedCondition = "naked-condition",
    Typography = "typography",
    // Interface text.
    FluentSyntax = "fluent-syntax",
    MissingMessage = "missing-message",
    ExtraMessage = "extra-message",
    MessageVariables = "message-variables",
    // Pages published elsewhere.
    LackingOnPage = "lacking-on-page",
    OnlyOnPage = "only-on-page",
    DiffersOnPage = "differs-on-page",
    EmptyListOnPage = "empty-list-on-page",
    NotComparable = "not-comparable",
    OtherLanguage = "other-language",
    // Looks.
    TemplateError = "template-error",
}

/// One section per code, headed `## code`.
const EXPLANATIONS: &str = include_str!("explain.md");

impl Code {
    /// Looks a name up.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// Whether it concerns how something is said and not what is true.
    pub fn is_about_prose(self) -> bool {
        matches!(
            self,
            Self::MarkupNotAllowed
                | Self::AccidentalMarkup
                | Self::UnknownReference
                | Self::BrokenReference
                | Self::RawUrl
                | Self::MissingText
                | Self::EmptyText
                | Self::ReferenceMismatch
                | Self::NakedFact
                | Self::EndPunctuation
                | Self::NumberMismatch
                | Self::LiteralMismatch
                | Self::ForbiddenTerm
                | Self::Untranslated
        )
    }

    /// Whether it may say no more than that an item defined elsewhere could not be read.
    pub fn may_follow_from_a_lost_item(self) -> bool {
        matches!(
            self,
            Self::UnknownComponent
                | Self::UnknownService
                | Self::UnknownZone
                | Self::UnknownOption
                | Self::UnknownChoice
                | Self::UnknownFlow
                | Self::UnknownSource
                | Self::UnknownList
                | Self::UnknownRange
                | Self::UnknownTable
                | Self::UnknownReference
                | Self::MissingPurpose
                | Self::MissingKey
        )
    }

    /// What the defect is, why it matters and what to do, as Markdown.
    pub fn explanation(self) -> &'static str {
        let head = format!("## {}\n", self.as_str());
        let Some(start) = EXPLANATIONS.find(&head).map(|at| at + head.len()) else {
            unreachable!("a test holds explain.md and the list of codes together");
        };
        let rest = &EXPLANATIONS[start..];
        rest.find("\n## ").map_or(rest, |end| &rest[..end]).trim()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_once_and_nothing_else_is() {
        let explained: Vec<_> = EXPLANATIONS.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(explained, codes);
        for code in Code::ALL {
            assert!(code.explanation().len() > 80, "{code} says too little");
        }
    }
}
