//! The bytes of a PO file → its entries and the locale they are for, or what keeps it from being read.

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::l10n::po::{PoError, PoFile, read_po};
use crate::locale::LocaleId;
use crate::site::Site;
use crate::span::{FileId, Span};
use crate::words::characters::compose;

use crate::edit::export::SOURCE_FIELD;

/// Reads the bytes of a PO file: its text to point into, and what it holds.
pub(super) fn read(bytes: Vec<u8>, id: FileId) -> (String, Result<PoFile, Box<Diagnostic>>) {
    let charset = charset(&bytes);
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let (code, headline) = match &charset {
                Some(charset) => (Code::PoHeader, format!("the file is in {charset}, expected UTF-8")),
                None => (Code::InvalidUtf8, format!("byte {at} is not UTF-8")),
            };
            let span = Span::within(id, &text, at..at + 1);
            let diagnostic = Diagnostic::error(code, headline).at(span).help(TO_UTF8);
            return (text, Err(Box::new(diagnostic)));
        }
    };
    if let Some(charset) = charset {
        let at = text.find("charset=").unwrap_or(0);
        let span = Span::within(id, &text, at..at + "charset=".len() + charset.len());
        let diagnostic = Diagnostic::error(Code::PoHeader, format!("the file says it is in {charset}, expected UTF-8"));
        return (text, Err(Box::new(diagnostic.at(span).help(TO_UTF8))));
    }
    let text = compose(&text).into_owned();
    let read = read_po(&text).map_err(|error| Box::new(syntax(id, &text, error)));
    (text, read)
}

const TO_UTF8: &str = "convert it: `msgconv --to-code=UTF-8 FILE`";

fn syntax(id: FileId, text: &str, error: PoError) -> Diagnostic {
    Diagnostic::error(Code::PoSyntax, error.headline).at(Span::within(id, text, error.range)).help(error.help)
}

/// The encoding a file says it is in, if that is not UTF-8.
fn charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(16 * 1024)]).into_owned();
    let name = head.split_once("charset=")?.1;
    let name: String = name.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')).collect();
    let is_ours = ["utf-8", "utf8", "us-ascii", "ascii", "charset"].contains(&name.to_ascii_lowercase().as_str());
    (!is_ours && !name.is_empty()).then_some(name)
}

/// The locale a file is for, by its header.
pub(super) fn locale_of(site: &Site, id: FileId, file: &PoFile) -> Result<LocaleId, Box<Diagnostic>> {
    let locales = &site.config.locales;
    let error = |headline: String, help: String| {
        Box::new(Diagnostic::error(Code::PoHeader, headline).at(Span::new(id, 0..0)).help(help))
    };
    let tags = || locales.ids().map(|locale| locales.tag(locale));
    let Some(language) = file.field("Language") else {
        return Err(error(
            "the header does not say the language".to_owned(),
            "write `\"Language: TAG\\n\"` into it, with a tag of `locales` in site.toml".to_owned(),
        ));
    };
    // Tools of gettext write `pt_BR` for `pt-BR`.
    let tag = language.replace('_', "-");
    let Some(locale) = tags().find(|known| known.eq_ignore_ascii_case(&tag)).and_then(|tag| locales.find(tag)) else {
        let known: Vec<_> = tags().collect();
        let help = did_you_mean(&tag, tags()).unwrap_or_else(|| format!("site.toml lists {}", known.join(", ")));
        return Err(error(format!("the header says `{language}`, which is no locale of the site"), help));
    };
    if locale == locales.source_locale() {
        let help = "its texts are written in the content itself; an import brings translations".to_owned();
        return Err(error(format!("`{language}` is the source locale"), help));
    }
    let source = locales.tag(locales.source_locale());
    match file.field(SOURCE_FIELD) {
        Some(other) if other != source => Err(error(
            format!("the file was made from `{other}`, and the source locale of the site is `{source}`"),
            "export again".to_owned(),
        )),
        _ => Ok(locale),
    }
}
