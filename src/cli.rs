//! The command line: flags here, one file per command. Only this room prints.
//!
//! Exit status: 0 done · 1 the content has errors, or a page differs from it · 2 usage or machine trouble. Results go to
//! standard output, everything else to standard error.

mod accept;
mod audit;
mod build;
mod check;
mod completions;
mod explain;
mod export;
mod import;
mod init;
#[cfg_attr(not(feature = "lsp"), path = "cli/lsp_not_built.rs")]
mod lsp;
mod man;
mod mdbook;
mod new;
mod offered;
mod rename;
mod rules;
mod schema;
#[cfg_attr(not(feature = "serve"), path = "cli/not_built.rs")]
mod serve;
mod status;
mod terminal;

use std::io::Write;
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{CommandFactory, Parser, Subcommand};

use crate::build::{below, tally};
use crate::config::{BaseUrl, Refused};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::edit::{Changes, Objections, as_written};
use crate::locale::LocaleId;
use crate::output::{OutputError, Tally, replace_files};
use crate::report::{self, Style};
use crate::site::Site;
use crate::source::{CONFIG_FILE, ReadError, Sources};
use terminal::{Color, Progress, cannot_print, conclude, print, print_done, remark, style_for, tell};

/// The variable by which the script of a shell asks for completions.
const COMPLETE: &str = "RUTTER_COMPLETE";

/// With the commit it was built from, where that is known.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), env!("RUTTER_COMMIT"));

/// A compiler for port tables: one multilingual YAML source in, one localized site out.
#[derive(Parser)]
#[command(
    name = "rutter",
    version = VERSION,
    arg_required_else_help = true,
    after_help = "Exit status: 0 done, 1 the content has errors or a page differs from it, 2 usage or machine trouble."
)]
struct Cli {
    /// Folder of the site [default: the nearest parent with a site.toml].
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<Utf8PathBuf>,
    /// When to color what is printed.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    color: Color,
    /// Say what is wrong and nothing else.
    #[arg(long, short, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the site.
    Build(build::Arguments),
    /// Show the site in a browser while it is written.
    Serve(serve::Arguments),
    /// Help an editor: mistakes while typing, completion, names, renames.
    Lsp(lsp::Arguments),
    /// Record that translations say what their source texts say.
    Accept(accept::Arguments),
    /// Look for mistakes in facts, texts and messages, and mend what can only be a slip.
    Check(check::Arguments),
    /// Show how far the translations are: counts, and what is open.
    Status(status::Arguments),
    /// Write a file for translators, or a part of a page for another site.
    Export(export::Arguments),
    /// Bring a translated file back into the content.
    Import(import::Arguments),
    /// Put port tables into a book, where mdBook calls it.
    Mdbook(mdbook::Arguments),
    /// Write the firewall rules that a deployment of a product needs.
    Rules(Box<rules::Arguments>),
    /// Change an id everywhere: keys, references, file names, accepted translations.
    Rename(rename::Arguments),
    /// Compare a page published elsewhere with the source.
    Audit(audit::Arguments),
    /// Describe a diagnostic: what it means and what to do.
    Explain(explain::Arguments),
    /// Print the JSON Schema of a file of the data or of the source.
    Schema(schema::Arguments),
    /// Start a new site in a folder.
    Init(init::Arguments),
    /// Add a product, a page, a flow, a component, a term or a language, ready to be filled in.
    New(new::Arguments),
    /// Print completions for a shell.
    Completions(completions::Arguments),
    /// Print a page of the manual.
    Man(man::Arguments),
}

/// How to print what was found.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One array, for programs.
    Json,
    /// Workflow commands, which GitHub shows beside the changed lines.
    Github,
    /// SARIF 2.1.0, for code scanning services and editors.
    Sarif,
}

/// How a command ended.
enum Outcome {
    /// Done.
    Done,
    /// The content has errors, or a page differs from it; all were printed.
    ContentErrors,
    /// Whoever was served has gone without a word.
    #[cfg(feature = "lsp")]
    Deserted,
}

/// What keeps a command from its work.
enum Failure {
    /// Something was asked for that is not to be had.
    Usage {
        headline: String,
        help: Option<String>,
        /// What did not happen, where the headline does not say it.
        consequence: Option<&'static str>,
    },
    /// What the content holds stands in the way.
    Content { headline: &'static str, help: &'static str },
    /// The machine said no.
    Machine { cause: String, help: Vec<&'static str> },
    /// Nobody is left to tell: the reader of a pipe has gone.
    Unheard,
}

impl Failure {
    fn usage(headline: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { headline: headline.into(), help: Some(help.into()), consequence: None }
    }

    fn machine(cause: impl Into<String>) -> Self {
        Self::Machine { cause: cause.into(), help: Vec::new() }
    }

    /// The same with the place that it is about before its headline.
    fn at(self, place: &str) -> Self {
        match self {
            Self::Usage { headline, help, consequence } => {
                Self::Usage { headline: format!("{place}: {headline}"), help, consequence }
            }
            Self::Machine { cause, help } => Self::Machine { cause: format!("{place}: {cause}"), help },
            Self::Content { .. } | Self::Unheard => self,
        }
    }

    /// Headline, helps, and a last line.
    fn tell(&self) {
        let (headline, helps, last): (&str, Vec<&str>, _) = match self {
            Self::Usage { headline, help, consequence } => {
                (headline, help.as_deref().into_iter().collect(), *consequence)
            }
            Self::Content { headline, help } => (headline, vec![help], None),
            Self::Machine { cause, help } => (cause, help.clone(), None),
            Self::Unheard => return,
        };
        tell(&format!("error: {headline}"));
        for help in helps {
            tell(&format!("help: {help}"));
        }
        last.into_iter().for_each(tell);
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self::machine(error.to_string())
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        Self::machine(error.to_string())
    }
}

/// Runs the command of this process.
pub fn run() -> ExitCode {
    clap_complete::CompleteEnv::with_factory(Cli::command).var(COMPLETE).complete();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    terminal::begin(cli.color, cli.quiet);
    let root = cli.root;
    let outcome = match cli.command {
        Command::Build(arguments) => find_root(root).and_then(|root| build::run(&root, &arguments)),
        Command::Serve(arguments) => find_root(root).and_then(|root| serve::run(&root, &arguments)),
        Command::Lsp(arguments) => lsp::run(root, &arguments),
        Command::Check(arguments) => find_root(root).and_then(|root| check::run(&root, &arguments)),
        Command::Accept(arguments) => find_root(root).and_then(|root| accept::run(&root, &arguments)),
        Command::Status(arguments) => find_root(root).and_then(|root| status::run(&root, &arguments)),
        Command::Export(arguments) => find_root(root).and_then(|root| export::run(&root, &arguments)),
        Command::Import(arguments) => find_root(root).and_then(|root| import::run(&root, &arguments)),
        Command::Rename(arguments) => find_root(root).and_then(|root| rename::run(&root, &arguments)),
        Command::Mdbook(arguments) => mdbook::run(root, &arguments),
        Command::Rules(arguments) => find_root(root).and_then(|root| rules::run(&root, &arguments)),
        Command::Audit(arguments) => find_root(root).and_then(|root| audit::run(&root, &arguments)),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Schema(arguments) => schema::run(find_root(root), &arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::New(arguments) => find_root(root).and_then(|root| new::run(&root, &arguments)),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::ContentErrors) => ExitCode::from(1),
        #[cfg(feature = "lsp")]
        Ok(Outcome::Deserted) => ExitCode::from(1),
        Err(failure) => {
            failure.tell();
            ExitCode::from(2)
        }
    }
}

/// The folder of the site: as given, or the nearest one upwards with a `site.toml`.
fn find_root(given: Option<Utf8PathBuf>) -> Result<Utf8PathBuf, Failure> {
    if let Some(root) = given {
        if root.join(CONFIG_FILE).exists() {
            return Ok(root);
        }
        return Err(Failure::usage(
            format!("{root} has no {CONFIG_FILE}"),
            format!("name the folder of a site, or start one with `rutter init {root}`"),
        ));
    }
    let here = std::env::current_dir()
        .map_err(|error| Failure::machine(format!("the current folder can't be read: {error}")))?;
    let here = Utf8PathBuf::from_path_buf(here)
        .map_err(|path| Failure::machine(format!("the path of the current folder is not UTF-8: {}", path.display())))?;
    let found = nearest_root(&here)?;
    Ok(if found == here { Utf8PathBuf::from(".") } else { found })
}

/// The nearest folder of a site, from a folder upwards.
fn nearest_root(from: &Utf8Path) -> Result<Utf8PathBuf, Failure> {
    let found = from.ancestors().find(|folder| folder.join(CONFIG_FILE).exists());
    found.map(Utf8Path::to_owned).ok_or_else(|| {
        Failure::usage(
            format!("no {CONFIG_FILE} in {from} or a folder above it"),
            "go to the folder of a site, name it with `--root DIR`, or start one with `rutter init`",
        )
    })
}

fn read_sources(root: &Utf8Path) -> Result<Sources, Failure> {
    Ok(Sources::read(root)?)
}

/// Loads a site. One whose structure does not hold is told, with what follows from it.
fn load(sources: &Sources, consequence: &str) -> Result<Option<Site>, Failure> {
    let loaded = crate::load(sources);
    if loaded.value.is_none() {
        print_text(&mut anstream::stderr(), sources, &loaded.diagnostics, style_for(&std::io::stderr()))?;
        tell(&format!("error: {}; {consequence}", count(&loaded.diagnostics).unwrap_or_default()));
    }
    Ok(loaded.value)
}

/// A locale of the site that has translations, by its tag.
fn translated_locale(site: &Site, tag: &str) -> Result<LocaleId, Failure> {
    let locale = locale_of(site, tag)?;
    if locale == site.config.locales.source_locale() {
        let headline = format!("`{tag}` is the source locale; its texts are translated into the others");
        return Err(Failure::Usage { headline, help: None, consequence: None });
    }
    Ok(locale)
}

/// A locale of the site by its tag.
fn locale_of(site: &Site, tag: &str) -> Result<LocaleId, Failure> {
    let locales = &site.config.locales;
    locales.find(tag).ok_or_else(|| {
        let help = did_you_mean(tag, locales.ids().map(|locale| locales.tag(locale)));
        let list: Vec<_> = locales.ids().map(|locale| locales.tag(locale)).collect();
        let help = help.unwrap_or_else(|| format!("site.toml lists {}", list.join(", ")));
        Failure::usage(format!("`{tag}` is no locale of the site"), help)
    })
}

/// Something that was named and is not there.
fn unknown(kind: &str, id: &str, known: &[&str]) -> Failure {
    let hint = did_you_mean(id, known.iter().copied());
    let list = format!("there are {}", known.join(", "));
    Failure::usage(format!("there is no {kind} `{id}`"), hint.unwrap_or(list))
}

/// The address that an option, or a key of another program's settings, gives.
fn base_url(name: &str, given: Option<&str>) -> Result<Option<BaseUrl>, Failure> {
    let refused = |refused: Refused| Failure::usage(format!("{name} {}", refused.why), refused.help);
    given.map(|url| BaseUrl::parse(url).map_err(refused)).transpose()
}

/// Prints diagnostics for people.
fn print_text(out: &mut dyn Write, sources: &Sources, diagnostics: &[Diagnostic], style: Style) -> Result<(), Failure> {
    report::write_text(out, sources, diagnostics, style).map_err(|error| cannot_print(&error))
}

/// Shows people what was found, in the order in which it was found. Returns how much of it was last.
fn tell_found(told: &[Objections]) -> Result<String, Failure> {
    for found in told {
        print_text(&mut anstream::stderr(), &found.sources, &found.diagnostics, style_for(&std::io::stderr()))?;
    }
    Ok(told.last().and_then(|found| count(&found.diagnostics)).unwrap_or_default())
}

/// Writes what a change of the sources comes to.
fn write_changes(root: &Utf8Path, sources: &Sources, changes: &Changes) -> Result<(), Failure> {
    let changes = as_written(sources, changes);
    let files = changes.iter().map(|(path, text)| (path.as_path(), text.as_deref()));
    Ok(replace_files(root, files)?)
}

/// Prints diagnostics in the chosen form.
fn print_found(format: Format, sources: &Sources, found: &[Diagnostic]) -> Result<(), Failure> {
    let mut out = anstream::stdout();
    let printed = match format {
        Format::Text => print_text(&mut out, sources, found, style_for(&std::io::stdout())),
        Format::Json => report::write_json(&mut out, sources, found).map_err(|error| cannot_print(&error)),
        Format::Github => report::write_github(&mut out, sources, found).map_err(|error| cannot_print(&error)),
        Format::Sarif => report::write_sarif(&mut out, sources, found).map_err(|error| cannot_print(&error)),
    };
    printed?;
    let _ = out.flush();
    Ok(())
}

/// `2 errors and 1 warning`; `None` if there is neither.
fn count(diagnostics: &[Diagnostic]) -> Option<String> {
    words(tally(diagnostics))
}

fn words(found: Tally) -> Option<String> {
    let phrase = |count: u64, word: &str| (count > 0).then(|| number_of(count, word));
    let parts: Vec<_> =
        [phrase(found.errors, "error"), phrase(found.warnings, "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

/// `1 file`, `2 files`.
fn number_of(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
