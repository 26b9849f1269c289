//! `rutter rules PRODUCT`: the rules that a deployment needs, in the language of a firewall.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::offered::{choices, formats, ids, locales};
use super::{Failure, Outcome, cannot_print, conclude, load, number_of, print, read_sources, tell, unknown};
use crate::item::ItemKind;
use crate::l10n::Failed;
use crate::locale::LocaleId;
use crate::model::{ChoiceSet, ComponentId, ProductId};
use crate::output::write_files;
use crate::rules::{
    Context, Emitted, Finder, Format, Lowered, Refusal, Request, RuleFacts, RuleWords, Side, archive, emit, known_ids,
    lower, ports_typed, read_addresses, read_fragment, words_of,
};
use crate::site::Site;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The product.
    #[arg(required_unless_present = "formats", add = ids(ItemKind::Product))]
    product: Option<String>,
    #[command(flatten)]
    deployment: DeploymentArguments,
    /// Where the rules will be: `host:COMPONENT`, `gateway` (between zones), `gateway-all` (between all machines).
    #[arg(long, value_name = "SIDE")]
    side: Option<String>,
    /// The format; `--formats` lists them.
    #[arg(long = "for", value_name = "FORMAT", add = formats())]
    format: Option<String>,
    /// Also deny everything else.
    #[arg(long)]
    closed: bool,
    /// The table of nftables that holds the chains [default: inet filter].
    #[arg(long, value_name = "TABLE")]
    table: Option<String>,
    /// A name that the format leaves to you, such as `network=prod` for `gcp`; `--formats` lists them.
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// The language of names and remarks [default: the source locale].
    #[arg(long, value_name = "TAG", add = locales())]
    locale: Option<String>,
    /// Folder for the files, or a name that ends in `.zip` [default: standard output].
    #[arg(long, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    /// List the formats.
    #[arg(long)]
    formats: bool,
    /// End with status 1 if anything is left out.
    #[arg(long)]
    strict: bool,
}

/// What a deployment is like.
#[derive(clap::Args)]
struct DeploymentArguments {
    /// A scenario to start from.
    #[arg(long, value_name = "ID", add = ids(ItemKind::Scenario))]
    scenario: Option<String>,
    /// What your deployment is like: `version=v11-0,v10-2`.
    #[arg(long, value_name = "OPTION=CHOICE[,…]", add = choices())]
    choose: Vec<String>,
    /// A component that your deployment lacks.
    #[arg(long, value_name = "COMPONENT", add = ids(ItemKind::Component))]
    without: Vec<String>,
    /// Of several ways the one you go, by its first flow; of several ports the one you use: `licensing=443/tcp`.
    #[arg(long, value_name = "FLOW[=PORT]", add = ids(ItemKind::Flow))]
    pick: Vec<String>,
    /// Where one of several is enough, open all of them.
    #[arg(long, value_name = "WHAT")]
    open: Option<Open>,
    /// A port that you have set: `console=8443`.
    #[arg(long, value_name = "FLOW=PORT")]
    port: Vec<String>,
    /// Addresses of a component: `siem=10.0.0.9,2001:db8::/32`.
    #[arg(long, value_name = "COMPONENT=ADDRESS[,…]")]
    address: Vec<String>,
    /// Keep published addresses beside your own.
    #[arg(long)]
    keep_published: bool,
    /// Take `0.0.0.0/0` and `::/0` for addresses of yours.
    #[arg(long)]
    allow_everything: bool,
    /// What a page of the product has behind `#` in its address; twice for two deployments.
    #[arg(long, value_name = "ADDRESS")]
    url: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Open {
    /// Every way and every port.
    All,
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let sources = read_sources(root)?;
    let Some(site) = load(&sources, "no rules were written")? else { return Ok(Outcome::ContentErrors) };
    if arguments.formats {
        print(&list(&site))?;
        return Ok(Outcome::Done);
    }
    let wish = Wish::read(&site, arguments)?;
    let emitted = wish.emit(&site)?;
    write(&emitted, arguments.output.as_deref())?;
    tell_left(&emitted);
    let is_refused = arguments.strict && !emitted.left.is_empty();
    Ok(if is_refused { Outcome::ContentErrors } else { Outcome::Done })
}

fn list(site: &Site) -> String {
    let width = site.rules.keys().map(String::len).max().unwrap_or(0);
    let line = |(name, format): (&String, &Format)| {
        let names: Vec<_> = format.settings().map(|(name, _)| name).collect();
        let set = if names.is_empty() { String::new() } else { format!("; --set {}=…", names.join("=…, ")) };
        format!("{name:<width$}  {}  ({}{set})\n", format.title, format.places())
    };
    site.rules.iter().map(line).collect()
}

/// What is to be written.
struct Wish<'a> {
    product: ProductId,
    requests: Vec<Request>,
    scenario: Option<crate::model::ScenarioId>,
    side: Side,
    format: &'a Format,
    name: String,
    is_closed: bool,
    settings: BTreeMap<String, String>,
    locale: LocaleId,
}

impl<'a> Wish<'a> {
    fn read(site: &'a Site, arguments: &Arguments) -> Result<Self, Failure> {
        let model = site.model();
        let id = arguments.product.as_deref().unwrap_or_default();
        let Some(product) = site.ids().products.find(None, id) else {
            let known: Vec<_> = model.products.iter().map(|product| product.id.as_str()).collect();
            return Err(unknown("product", id, &known));
        };
        let asker = Asker { finder: Finder { model, ids: site.ids(), product }, arguments: &arguments.deployment };
        let stated: Vec<_> = arguments.deployment.url.iter().map(|url| read_fragment(asker.finder, url)).collect();
        if let Some(unknown) = stated.iter().flat_map(|stated| &stated.unknown).next() {
            return Err(Failure::usage(
                format!("the address says `{unknown}`, which this product does not know"),
                "copy the address again from the page of this product, or leave that part out",
            ));
        }
        let mut deployments: Vec<_> = stated.iter().flat_map(|stated| stated.deployments.clone()).collect();
        if deployments.is_empty() {
            deployments.extend(read_fragment(asker.finder, "#!").deployments);
        }
        let mut requests = Vec::new();
        for deployment in &mut deployments {
            asker.add(deployment)?;
            requests.push(deployment.request.clone());
        }
        let scenario = match deployments.as_slice() {
            [only] => only.scenario,
            _ => None,
        };
        let place = match &arguments.side {
            Some(text) => asker.side(text)?,
            None => stated.iter().find_map(|stated| stated.side).ok_or_else(|| {
                Failure::usage(
                    "it is not said where the rules will be",
                    "add `--side host:COMPONENT`, `--side gateway` or `--side gateway-all`",
                )
            })?,
        };
        for request in &mut requests {
            request.side = place;
        }
        let name = arguments.format.clone().or_else(|| stated.iter().find_map(|stated| stated.format.clone()));
        let Some(name) = name else {
            return Err(Failure::usage(
                "no format is named",
                "add `--for FORMAT`; `rutter rules --formats` lists them",
            ));
        };
        let Some(format) = site.rules.get(&name) else {
            let known: Vec<_> = site.rules.keys().map(String::as_str).collect();
            return Err(unknown("format", &name, &known));
        };
        if !format.is_for(place) {
            return Err(Failure::usage(
                format!("`{name}` has no rules for `{}`", place.written(model)),
                format!("it has rules for {}", format.places()),
            ));
        }
        let locales = &site.config().locales;
        let locale = match &arguments.locale {
            None => locales.source_locale(),
            Some(tag) => {
                let known: Vec<_> = locales.ids().map(|locale| locales.tag(locale)).collect();
                locales.find(tag).ok_or_else(|| unknown("locale", tag, &known))?
            }
        };
        let settings = settings(format, arguments)?;
        let is_closed = arguments.closed || stated.iter().any(|stated| stated.is_closed);
        Ok(Self { product, requests, scenario, side: place, format, name, is_closed, settings, locale })
    }

    fn emit(&self, site: &Site) -> Result<Emitted, Failure> {
        let model = site.model();
        let mut lowered = Lowered::default();
        for request in &self.requests {
            let more = lower(model, self.product, request);
            lowered.atoms.extend(more.atoms);
            let new: Vec<_> = more.left.into_iter().filter(|left| !lowered.left.contains(left)).collect();
            lowered.left.extend(new);
        }
        let facts = RuleFacts::of(model, self.product);
        let failed = Failed::default();
        let words =
            RuleWords::of(site.speech().in_locale(self.locale, &failed), model, self.product, &words_of(&site.rules));
        if let Some(error) = failed.into_errors().first() {
            return Err(Failure::machine(error.to_string()));
        }
        let context = Context {
            model,
            product: self.product,
            fingerprint: &facts.fingerprint,
            words: &words,
            scenario: self.scenario,
            side: self.side,
            is_closed: self.is_closed,
            settings: self.settings.clone(),
            format: &self.name,
        };
        Ok(emit(self.format, &context, &lowered))
    }
}

/// What is in no file, beside the result.
fn tell_left(emitted: &Emitted) {
    for left in &emitted.left {
        let what = if left.what.is_empty() { String::new() } else { format!(" {}", left.what) };
        tell(&format!("left out: {} {}{what}", left.reason.as_str(), left.flow));
    }
    let rules: usize = emitted.files.iter().map(|file| file.count).max().unwrap_or_default();
    let rules = number_of(rules as u64, "rule");
    let left = if emitted.left.is_empty() { "nothing".to_owned() } else { emitted.left.len().to_string() };
    conclude(&format!("{rules}; {left} left out"));
}

/// The names that the reader sets; `--table` is one of them with an option of its own.
fn settings(format: &Format, arguments: &Arguments) -> Result<BTreeMap<String, String>, Failure> {
    let set = arguments.set.iter().map(|text| pair(text, "--set", "NAME=VALUE")).collect::<Result<Vec<_>, _>>()?;
    let table = arguments.table.as_deref().map(|table| ("table", table));
    let mut settings = BTreeMap::new();
    for (name, value) in table.into_iter().chain(set) {
        if format.takes(name, value) == Some(true) {
            settings.insert(name.to_owned(), value.to_owned());
            continue;
        }
        if let Some((_, allowed)) = format.settings().find(|(own, _)| *own == name) {
            let headline = format!("`{name}` can't be `{value}`");
            return Err(Failure::usage(headline, format!("it is made of the characters {allowed}")));
        }
        let names: Vec<_> = format.settings().map(|(name, _)| name).collect();
        let list = format!("there are {}", names.join(", "));
        let help = if names.is_empty() { "this format leaves no name to you".to_owned() } else { list };
        return Err(Failure::usage(format!("the format has no name `{name}` to set"), help));
    }
    Ok(settings)
}

/// Reads what arguments say of a deployment.
struct Asker<'a> {
    finder: Finder<'a>,
    arguments: &'a DeploymentArguments,
}

impl Asker<'_> {
    fn unknown(&self, kind: ItemKind, id: &str) -> Failure {
        let known = known_ids(self.finder, kind);
        unknown(kind.as_str(), id, &known.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn side(&self, text: &str) -> Result<Side, Failure> {
        self.finder.side(text).ok_or_else(|| match text.strip_prefix("host:") {
            Some(id) => self.unknown(ItemKind::Component, id),
            None => unknown("side", text, &["gateway", "gateway-all", "host:COMPONENT"]),
        })
    }

    fn component(&self, id: &str) -> Result<crate::model::ComponentId, Failure> {
        self.finder.component(id).ok_or_else(|| self.unknown(ItemKind::Component, id))
    }

    fn add(&self, deployment: &mut crate::rules::Deployment) -> Result<(), Failure> {
        let (finder, arguments) = (self.finder, self.arguments);
        let request = &mut deployment.request;
        if let Some(id) = &arguments.scenario {
            let scenario = finder.scenario(id).ok_or_else(|| self.unknown(ItemKind::Scenario, id))?;
            request.selection = finder.model.selection_of(scenario);
            deployment.scenario = Some(scenario);
        }
        let is_own = !(arguments.choose.is_empty() && arguments.without.is_empty() && arguments.pick.is_empty());
        if is_own {
            deployment.scenario = None;
        }
        for choose in &arguments.choose {
            let (id, list) = pair(choose, "--choose", "OPTION=CHOICE[,…]")?;
            let option = finder.option(id).ok_or_else(|| self.unknown(ItemKind::Option, id))?;
            let mut choices = ChoiceSet::EMPTY;
            for choice in list.split(',') {
                let Some(at) = finder.choice(option, choice) else {
                    let known: Vec<_> = finder.model[option].choices.iter().map(|choice| choice.id.as_str()).collect();
                    return Err(unknown("choice", choice, &known));
                };
                choices.insert(at);
            }
            request.selection.choose.insert(option, choices);
        }
        for id in &arguments.without {
            request.selection.without.insert(self.component(id)?);
        }
        for pick in &arguments.pick {
            let id = pick.split('=').next().unwrap_or_default();
            if finder.flow(id).is_none() {
                return Err(self.unknown(ItemKind::Flow, id));
            }
            if !finder.pick(&mut request.selection, pick, '=') {
                return Err(Failure::usage(
                    format!("`{pick}` picks nothing"),
                    "name the first flow of one of several ways, or a flow and one of its ports of which one is enough",
                ));
            }
        }
        request.open_all |= arguments.open.is_some();
        request.keep_published |= arguments.keep_published;
        for port in &arguments.port {
            let (id, port) = pair(port, "--port", "FLOW=PORT")?;
            let flow = finder.flow(id).ok_or_else(|| self.unknown(ItemKind::Flow, id))?;
            let Some(range) = ports_typed(port) else {
                return Err(Failure::usage(
                    format!("`{port}` is no port"),
                    "write a number from 1 to 65535, or a range",
                ));
            };
            request.values.entry(flow).or_default().push(range);
        }
        // What is true of a list only, how long it is or that every address stands alone, is true of all of it.
        let mut lists: BTreeMap<ComponentId, Vec<&str>> = BTreeMap::new();
        for address in &arguments.address {
            let (id, list) = pair(address, "--address", "COMPONENT=ADDRESS[,…]")?;
            lists.entry(self.component(id)?).or_default().push(list);
        }
        for (component, list) in lists {
            let read = read_addresses(&list.join(","), arguments.allow_everything)
                .map_err(|(entry, refusal)| refused(&entry, &refusal))?;
            request.addresses.entry(component).or_default().extend(read);
        }
        Ok(())
    }
}

fn pair<'t>(text: &'t str, flag: &str, form: &str) -> Result<(&'t str, &'t str), Failure> {
    text.split_once('=')
        .ok_or_else(|| Failure::usage(format!("`{flag} {text}` has no `=`"), format!("write `{flag} {form}`")))
}

fn refused(entry: &str, refusal: &Refusal) -> Failure {
    match refusal {
        Refusal::HostBits { address, network } => Failure::usage(
            format!("`{entry}` has bits set behind the prefix"),
            format!("write `{address}` for the address or `{network}` for the network"),
        ),
        Refusal::Everything => {
            Failure::usage(format!("`{entry}` stands for every address"), "if you mean that, add `--allow-everything`")
        }
        Refusal::Many => Failure::usage("these are more than 10,000 addresses", "write networks instead"),
        Refusal::Long | Refusal::Empty | Refusal::Form => Failure::usage(
            format!("`{}` is no address", entry.chars().take(80).collect::<String>()),
            "write an IPv4 or IPv6 address, a network as ADDRESS/LENGTH, or a full host name",
        ),
    }
}

/// One file to standard output; several into a folder, or as an archive.
fn write(emitted: &Emitted, output: Option<&Utf8Path>) -> Result<(), Failure> {
    let files = || emitted.files.iter().map(|file| (file.name.as_str(), file.text.as_bytes()));
    let archived = || archive(files());
    match (output, emitted.files.as_slice(), &emitted.container) {
        (None, [file], None) => print(&file.text),
        (None, [], None) => Ok(()),
        (None, ..) => {
            let mut out = std::io::stdout().lock();
            if out.is_terminal() {
                let names: Vec<_> = emitted.files.iter().map(|file| file.name.as_str()).collect();
                return Err(Failure::usage(
                    format!("a terminal can't show several files: {}", names.join(", ")),
                    "add `--output DIR`, or send standard output to a file that ends in .zip",
                ));
            }
            out.write_all(&archived()).and_then(|()| out.flush()).map_err(|error| cannot_print(&error))
        }
        (Some(folder), _, Some(name)) => Ok(write_files(folder, [(name.as_str(), archived().as_slice())])?),
        (Some(path), _, None) if path.extension() == Some("zip") => {
            let (folder, name) = (path.parent().unwrap_or(Utf8Path::new("")), path.file_name().unwrap_or_default());
            Ok(write_files(folder, [(name, archived().as_slice())])?)
        }
        (Some(folder), _, None) => Ok(write_files(folder, files())?),
    }
}
