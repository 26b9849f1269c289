//! What book.toml says: `[preprocessor.rutter]`, and the language of the book.

use camino::Utf8PathBuf;
use serde_json::Value;

use super::super::{Failure, base_url, unknown};
use crate::config::BaseUrl;

/// Our own keys, then those that mdBook reads.
const KEYS: [&str; 9] =
    ["site", "locale", "base-url", "command", "before", "after", "renderer", "renderers", "optional"];

pub(super) struct Settings {
    /// The folder of the book.
    pub(super) book: Utf8PathBuf,
    /// The folder of the site, if it is named.
    pub(super) site: Option<Utf8PathBuf>,
    pub(super) locale: String,
    pub(super) base_url: Option<BaseUrl>,
    /// Whether the book becomes HTML.
    pub(super) is_html: bool,
}

impl Settings {
    pub(super) fn of(context: &Value) -> Result<Self, Failure> {
        let own = &context["config"]["preprocessor"]["rutter"];
        if let Some(key) = own.as_object().and_then(|own| own.keys().find(|key| !KEYS.contains(&key.as_str()))) {
            return Err(unknown("key", key, &KEYS[..3]).at(PLACE));
        }
        let root = context["root"]
            .as_str()
            .ok_or_else(|| Failure::usage("mdBook does not say where its book lies", "update mdBook"))?;
        let book = Utf8PathBuf::from(root);
        let language = context["config"]["book"]["language"].as_str();
        Ok(Self {
            site: text(own, "site")?.map(|folder| book.join(folder)),
            locale: text(own, "locale")?.or(language).unwrap_or("en").to_owned(),
            base_url: base_url("`base-url`", text(own, "base-url")?).map_err(|failure| failure.at(PLACE))?,
            is_html: context["renderer"].as_str() == Some("html"),
            book,
        })
    }
}

const PLACE: &str = "[preprocessor.rutter] in book.toml";

fn text<'v>(own: &'v Value, key: &str) -> Result<Option<&'v str>, Failure> {
    match &own[key] {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            Err(Failure::usage(format!("`{key}` is no text"), format!("write `{key} = \"…\"`")).at(PLACE))
        }
    }
}
