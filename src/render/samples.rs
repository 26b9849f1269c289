//! Messages with a number, for scripts, which know no Fluent: how they read for some numbers.

use serde_json::Value;

use crate::l10n::{Args, Voice};

/// At least one of each form of the plural that any language has (CLDR, integers).
const SAMPLES: [u32; 9] = [0, 1, 2, 3, 5, 6, 11, 20, 100];

/// What a message says for some numbers, with `{}` where the number stands: `{"1": "{} row", "0,2,3": "{} rows"}`,
/// or one text where it is the same for all. A script takes the last with a number whose form of the plural is
/// that of its own. `set` gives the message its values.
pub(super) fn samples(voice: Voice<'_>, id: &str, set: impl Fn(&mut Args<'static>, u32)) -> Value {
    let mut forms: Vec<(String, String)> = Vec::new();
    for sample in SAMPLES {
        let mut args = Args::new();
        set(&mut args, sample);
        let number = sample.to_string();
        let text = voice.say(id, &args).replacen(&number, "{}", 1);
        match forms.iter_mut().find(|(_, known)| *known == text) {
            Some((numbers, _)) => *numbers = format!("{numbers},{number}"),
            None => forms.push((number, text)),
        }
    }
    if let [(_, only)] = forms.as_mut_slice() {
        return Value::from(std::mem::take(only));
    }
    Value::Object(forms.into_iter().map(|(numbers, text)| (numbers, Value::from(text))).collect())
}
