//! Messages with a number, for scripts, which know no Fluent: how they read for some numbers.

use serde_json::Value;

use crate::l10n::{Args, Voice};

/// At least one of each form of the plural that any language has (CLDR, integers).
const SAMPLES: [u32; 9] = [0, 1, 2, 3, 5, 6, 11, 20, 100];

/// What a message says for some numbers, with `{}` where the number stands: one of each form of the plural.
/// A script takes the one whose form is that of its number. `set` gives the message its values.
pub(super) fn samples(voice: Voice<'_>, id: &str, set: impl Fn(&mut Args<'static>, u32)) -> Value {
    let mut forms: Vec<(String, String)> = Vec::new();
    for sample in SAMPLES {
        let mut args = Args::new();
        set(&mut args, sample);
        let number = sample.to_string();
        let text = voice.say(id, &args).replacen(&number, "{}", 1);
        if !forms.iter().any(|(_, known)| *known == text) {
            forms.push((number, text));
        }
    }
    Value::Object(forms.into_iter().map(|(sample, text)| (sample, Value::from(text))).collect())
}
