//! What the view of rules says (`theme/assets/rule-view/`): words for its script, on no page. `{}` stands for what it
//! fills in.

use serde_json::{Value, json};

use super::samples::samples;
use crate::l10n::{Voice, args};

pub(super) fn words(voice: Voice<'_>) -> Value {
    let word = |id: &str| voice.word(id);
    let filled = |id: &str, name: &'static str| voice.say(id, &args([(name, "{}")]));
    let counted = |id: &str| samples(voice, id, |args, sample| args.set("n", sample));
    json!({
        "title": word("rule-view"),
        "intro": word("rule-view-intro"),
        "side": word("rule-view-side"),
        "gateway": word("rule-view-gateway"),
        "gateway-all": word("rule-view-gateway-all"),
        "host": filled("rule-view-host", "component"),
        "format": word("rule-view-format"),
        "groups": {
            "sheet": word("rule-view-sheets"),
            "firewall": word("rule-view-firewalls"),
            "cloud": word("rule-view-clouds"),
            "list": word("rule-view-lists"),
            "test": word("rule-view-tests"),
        },
        "setting": filled("rule-view-setting", "name"),
        "closed": word("rule-view-closed"),
        "way": word("rule-view-one-of"),
        "line": filled("rule-view-one-line", "connection"),
        "every": word("rule-view-every"),
        "addresses": word("rule-view-addresses"),
        "addressHelp": word("rule-view-addresses-help"),
        "noAddresses": word("rule-view-addresses-none"),
        "published": word("rule-view-published"),
        "keep": word("rule-view-keep"),
        "ports": word("rule-view-ports"),
        "portHelp": word("rule-view-ports-help"),
        "errors": {
            "form": voice.say("rule-view-wrong-form", &args([("entry", "{}"), ("example", "siem.example.com")])),
            "host-bits": filled("rule-view-wrong-host-bits", "entry"),
            "everything": filled("rule-view-wrong-everything", "entry"),
            "everything-alone": filled("rule-view-everything", "entry"),
            "long": filled("rule-view-wrong-long", "entry"),
            "many": word("rule-view-wrong-many"),
            "port": filled("rule-view-wrong-port", "entry"),
            "setting": filled("rule-view-wrong-setting", "default"),
        },
        "everything": word("rule-view-everything-yes"),
        "keeping": word("rule-view-keeping"),
        "share": word("rule-view-share"),
        "remember": word("rule-view-remember"),
        "forget": word("rule-view-forget"),
        "others": word("rule-view-others"),
        "add": word("rule-view-add"),
        "remove": word("rule-view-remove"),
        "rules": counted("rule-view-rules"),
        "left": counted("rule-view-left"),
        "file": word("rule-view-file"),
        "download": filled("rule-view-download", "file"),
        "table": word("rule-view-no-preview"),
        "none": word("rule-view-none"),
        "notIncluded": word("rule-view-not-included"),
        "nothing": word("rule-view-nothing-left"),
    })
}
