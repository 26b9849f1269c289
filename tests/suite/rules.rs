//! Firewall rules: the crate and the script of the pages write the same bytes, and read the same of what is typed.

use std::collections::{BTreeMap, BTreeSet};

use rutter::inside::l10n::Failed;
use rutter::inside::render::facts::facts;
use rutter::inside::rules::{
    Context, Endpoint, Finder, Refusal, Request, RuleFacts, RuleWords, Side, emit, lower, ports_typed, read_address,
    read_addresses, read_fragment, words_of,
};
use rutter::model::{ComponentId, ProductId, ids};
use rutter::{LocaleId, Site};
use serde_json::{Value, json};

use crate::selection::random::Random;
use crate::support::{amount, load, node, real_files, repository, site_files};

/// A question to both, and what the crate says.
struct Asked {
    question: Value,
    answer: Value,
    told: String,
}

/// Golden sites with what the real content does not have.
const GOLDEN: [&str; 7] = ["ways", "machines", "openers", "blocked", "lines", "ports", "protocols"];

fn sites() -> Vec<Site> {
    let golden = GOLDEN.iter().map(|name| repository().join("tests/golden").join(name));
    let golden = golden.map(|folder| load(&site_files(&folder)));
    std::iter::once(load(&real_files())).chain(golden).collect()
}

#[test]
fn the_crate_and_the_script_write_the_same_bytes() {
    let mut random = Random(11);
    let (mut compared, mut rules) = (0, 0);
    for site in &sites() {
        for product in ids::<ProductId>(site.model().products.len()) {
            let (lets, asked) = questions(site, product, &mut random);
            let lines: Vec<String> =
                lets.iter().chain(asked.iter().map(|asked| &asked.question)).map(Value::to_string).collect();
            let said = String::from_utf8(node("tests/rules/ask.mjs", &[], lines.join("\n").as_bytes())).unwrap();
            let said: Vec<&str> = said.lines().collect();
            assert_eq!(said.len(), asked.len());
            for (said, asked) in said.iter().zip(&asked) {
                let said: Value = serde_json::from_str(said).unwrap();
                for key in ["left", "files"] {
                    let difference = difference(&said[key], &asked.answer[key]);
                    assert!(difference.is_none(), "{}: {key}: {}", asked.told, difference.unwrap());
                }
                rules += asked.answer["files"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|file| file["count"].as_u64().unwrap())
                    .sum::<u64>();
                compared += 1;
            }
        }
    }
    assert!(compared > amount(1_000, 20_000) && rules > 3_000, "{compared} sets of files with {rules} rules");
}

/// The first lines in which what the script says is not what the crate says.
fn difference(script: &Value, own: &Value) -> Option<String> {
    let lines = |value: &Value| {
        let text = serde_json::to_string_pretty(value).unwrap();
        text.lines().flat_map(|line| line.split("\\n").map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let (script, own) = (lines(script), lines(own));
    let at = (0..script.len().max(own.len())).find(|at| script.get(*at) != own.get(*at))?;
    let around =
        |lines: &[String]| lines.iter().skip(at.saturating_sub(2)).take(7).cloned().collect::<Vec<_>>().join("\n");
    Some(format!("line {at}: the script says\n{}\nthe crate\n{}", around(&script), around(&own)))
}

/// What both need to know, then what is asked.
fn questions(site: &Site, product: ProductId, random: &mut Random) -> (Vec<Value>, Vec<Asked>) {
    let model = site.model();
    let rule_facts = RuleFacts::of(model, product);
    let locales: Vec<LocaleId> = site.config().locales.ids().collect();
    let words = words_of(site.rules());
    let voice =
        |locale: LocaleId| RuleWords::of(site.speech().in_locale(locale, &Failed::default()), model, product, &words);
    let words: BTreeMap<&str, RuleWords> =
        locales.iter().map(|locale| (site.config().locales.tag(*locale), voice(*locale))).collect();
    let mut lets = vec![
        json!({ "let": { "facts": facts(model, product, |_| true), "ruleFacts": &rule_facts } }),
        json!({ "let": site.rules() }),
    ];
    lets.push(json!({ "let": words }));
    let finder = Finder { model, ids: site.ids(), product };
    let components: Vec<ComponentId> = finder.components().into_iter().collect();
    let mut sides = vec![Side::Gateway, Side::GatewayAll];
    sides.extend(components.iter().copied().map(Side::Host));
    let scenarios = model[product].scenarios.iter().map(|id| (Some(*id), format!("#!s={}", model[*id].id)));
    let mut selections: Vec<_> = std::iter::once((None, "#!".to_owned())).chain(scenarios).collect();
    selections.extend((0..amount(3, 40)).map(|_| (None, fragment(site, product, random))));
    let mut asked = Vec::new();
    for (scenario, fragment) in selections {
        for side in &sides {
            for (name, format) in site.rules().iter().filter(|(_, format)| format.is_for(*side)) {
                if random.below(amount(12, 1)) > 0 {
                    continue;
                }
                let (tag, words) = words.iter().nth(random.below(words.len())).unwrap();
                let is_closed = random.below(2) == 0;
                let mut request = read_fragment(finder, &fragment).deployments.remove(0).request;
                request.side = *side;
                request.open_all = random.below(3) == 0;
                request.keep_published = random.below(4) == 0;
                let typed = typed(&components, random);
                for flow in model[product].flows.iter().filter(|_| random.below(2) == 0) {
                    request.values.insert(*flow, vec![(8443, 8443), (9000, 9010)]);
                }
                request.addresses.clone_from(&typed);
                let lowered = lower(model, product, &request);
                let context = Context {
                    model,
                    product,
                    fingerprint: &rule_facts.fingerprint,
                    words,
                    scenario,
                    side: *side,
                    is_closed,
                    settings: BTreeMap::new(),
                    format: name,
                };
                let emitted = emit(format, &context, &lowered);
                let files: Vec<_> = emitted
                    .files
                    .iter()
                    .map(|file| json!({ "name": file.name, "text": file.text, "count": file.count }))
                    .collect();
                let scenario = scenario.map(|scenario| model[scenario].id.clone());
                asked.push(Asked {
                    told: format!("{} {fragment} {} for {name} in {tag}", model[product].id, side.written(model)),
                    question: json!({
                        "facts": "facts",
                        "ruleFacts": "ruleFacts",
                        "selection": fragment,
                        "request": written(site, &request),
                        "declaration": name,
                        "context": {
                            "words": tag, "scenario": scenario, "closed": is_closed, "settings": {}, "format": name,
                        },
                    }),
                    answer: json!({ "left": emitted.left, "files": files }),
                });
            }
        }
    }
    (lets, asked)
}

/// A request as the script takes it.
fn written(site: &Site, request: &Request) -> Value {
    let model = site.model();
    let place = match request.side {
        Side::Host(component) => json!({ "kind": "host", "component": model[component].id }),
        Side::Gateway => json!({ "kind": "gateway" }),
        Side::GatewayAll => json!({ "kind": "gateway-all" }),
    };
    let addresses: BTreeMap<_, _> = request.addresses.iter().map(|(id, list)| (&model[*id].id, list)).collect();
    let values: BTreeMap<_, _> = request.values.iter().map(|(id, list)| (&model[*id].id, list)).collect();
    json!({
        "side": place,
        "openAll": request.open_all,
        "keepPublished": request.keep_published,
        "addresses": addresses,
        "values": values,
    })
}

/// Choices, parties that are not there, and picks, as an address says them.
fn fragment(site: &Site, product: ProductId, random: &mut Random) -> String {
    let model = site.model();
    let mut parts = Vec::new();
    let options = model.options_of(product).into_iter().filter(|_| random.below(2) == 0).collect::<Vec<_>>();
    let option = |id: &rutter::model::OptionId, random: &mut Random| {
        let choices = &model[*id].choices;
        let first = random.below(choices.len());
        let second = random.below(choices.len());
        let ids: BTreeSet<_> = [first, second].into_iter().map(|at| choices[at].id.as_str()).collect();
        format!("{}.{}", model[*id].id, ids.into_iter().collect::<Vec<_>>().join("+"))
    };
    let options: Vec<_> = options.iter().map(|id| option(id, random)).collect();
    parts.extend((!options.is_empty()).then(|| format!("o={}", options.join(","))));
    let without = model[product].members.iter().filter(|_| random.below(6) == 0);
    let without: Vec<_> = without.map(|member| model[member.component].id.as_str()).collect();
    parts.extend((!without.is_empty()).then(|| format!("w={}", without.join("+"))));
    let mut picks = Vec::new();
    for group in &model[product].alternatives {
        let way = &group.ways[random.below(group.ways.len())];
        picks.extend((random.below(2) == 0).then(|| model[way[0]].id.clone()));
    }
    for flow in model[product].flows.iter().map(|id| &model[*id]) {
        let is_choice = flow.need == rutter::value::Need::One && flow.lines.len() > 1;
        picks.extend((is_choice && random.below(2) == 0).then(|| format!("{}.{}", flow.id, flow.lines[0].key())));
    }
    parts.extend((!picks.is_empty()).then(|| format!("k={}", picks.join(","))));
    format!("#!{}", parts.join("&"))
}

/// Addresses of some components.
fn typed(components: &[ComponentId], random: &mut Random) -> BTreeMap<ComponentId, Vec<Endpoint>> {
    const ADDRESSES: [&str; 9] = [
        "10.0.0.9",
        "10.1.0.0/16",
        "10.1.2.0/24",
        "2001:db8::9",
        "2001:db8::/48",
        "siem.example.org",
        "*.example.net",
        "0.0.0.0/0",
        "192.0.2.7/32",
    ];
    let mut typed = BTreeMap::new();
    for component in components {
        if random.below(3) == 0 {
            continue;
        }
        let count = 1 + random.below(3);
        let list = (0..count).map(|_| read_address(ADDRESSES[random.below(ADDRESSES.len())], true).unwrap());
        typed.insert(*component, list.collect());
    }
    typed
}

#[test]
fn the_crate_and_the_script_read_the_same_of_what_is_typed() {
    // Some of them whole, so that much of it is right.
    const PIECES: [&str; 46] = [
        "10.0.0.",
        "192.0.2.1",
        "2001:db8:",
        "::1",
        "example.com",
        "443",
        "10",
        "0",
        "255",
        "256",
        "01",
        "1",
        ".",
        ".",
        ".",
        "/",
        "8",
        "24",
        "33",
        "0",
        ":",
        "::",
        "::",
        "ffff",
        "FE80",
        "g",
        "12345",
        "2001:db8",
        "a",
        "example",
        ".com",
        "*.",
        "-",
        "_",
        "xn--",
        "%",
        " ",
        "\t",
        "\u{3000}",
        "\u{212a}",
        "ß",
        "é",
        "\r",
        "\n",
        ",",
        "\u{0}",
    ];
    let mut random = Random(5);
    let texts = (0..amount(5_000, 50_000)).map(|_| {
        let count = 1 + random.below(6);
        (0..count).map(|_| PIECES[random.below(PIECES.len())]).collect::<String>()
    });
    let texts: Vec<String> = texts.collect();
    let lines = texts.iter().flat_map(|text| {
        [
            json!({ "one": text, "allowAll": text.len() % 2 == 0 }),
            json!({ "address": text, "allowAll": true }),
            json!({ "port": text }),
        ]
    });
    let lines: Vec<String> = lines.map(|line| line.to_string()).collect();
    let said = String::from_utf8(node("tests/rules/ask.mjs", &[], lines.join("\n").as_bytes())).unwrap();
    let said: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(said.len(), 3 * texts.len());
    let mut taken = 0;
    for (text, said) in texts.iter().zip(said.chunks(3)) {
        let one = read_address(text, text.len() % 2 == 0);
        taken += usize::from(one.is_ok());
        let one = one.map_or_else(|refusal| refused(&refusal), |endpoint| json!({ "endpoint": endpoint }));
        assert_eq!(said[0], one, "{text:?}");
        let all = read_addresses(text, true);
        let all = all.map_or_else(
            |(entry, refusal)| {
                let mut refused = refused(&refusal);
                refused["entry"] = json!(entry);
                refused
            },
            |endpoints| json!({ "endpoints": endpoints }),
        );
        assert_eq!(said[1], all, "{text:?}");
        let ports = ports_typed(text).map_or_else(|| json!({}), |ports| json!({ "ports": ports }));
        assert_eq!(said[2], ports, "{text:?}");
    }
    assert!(taken > texts.len() / 50, "{taken} of {}", texts.len());
}

fn refused(refusal: &Refusal) -> Value {
    match refusal {
        Refusal::HostBits { address, network } => json!({ "error": "host-bits", "readings": [address, network] }),
        other => json!({ "error": other.as_str() }),
    }
}
