//! The stages of one build, one after the other in this process: which of them takes the time.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use camino::Utf8Path;
use rayon::prelude::*;
use rustix::time::{ClockId, clock_gettime};
use rutter::inside::config::parse_config;
use rutter::inside::diagnostic::Report;
use rutter::inside::l10n::read_texts;
use rutter::inside::output::replace_tree;
use rutter::inside::parse::parse_content;
use rutter::inside::render::{Bundle, RenderCache, RenderOptions, Renderer, render};
use rutter::inside::source::Sources;
use rutter::model::resolve;

/// Seconds of wall and CPU time.
pub(crate) type Cost = (f64, f64);

/// Builds the site once more and prints what each stage took.
pub(crate) fn print(root: &Path, output: &Path) {
    let root = Utf8Path::from_path(root).unwrap();
    let mut list: Vec<(&str, Cost)> = Vec::new();
    let (sources, cost) = timed(|| Sources::read(root).unwrap());
    list.push(("read", cost));
    let mut report = Report::default();
    let config = parse_config(&sources, &mut report).unwrap();
    let (content, cost) = timed(|| parse_content(&sources, &config.locales, &mut report));
    list.push(("parse YAML", cost));
    let ((facts, units), cost) = timed(|| resolve(content, &mut report));
    list.push(("resolve", cost));
    let (_, cost) = timed(|| read_texts(&sources, &config.locales, &facts, units, &mut report));
    list.push(("parse texts", cost));
    drop(facts.model);

    let site = rutter::load(&sources).value.unwrap();
    let (found, cost) = timed(|| rutter::check(&site, &sources));
    assert!(found.is_empty(), "the generated site has mistakes");
    list.push(("check", cost));
    let renderer = Renderer::new(&site, RenderOptions::default()).unwrap();
    let (kinds, rendering) = timed(|| render_by_kind(&renderer));
    list.push(("render", rendering));
    let ((), both) = timed(|| {
        let tree = replace_tree(Utf8Path::from_path(output).unwrap(), root).unwrap();
        renderer.bundles().into_par_iter().for_each(|bundle| {
            let mut cache = RenderCache::default();
            for route in bundle.routes(&renderer) {
                let bytes = render(&renderer, &mut cache, route).unwrap();
                tree.write(renderer.file(route).as_str(), &bytes).unwrap();
            }
        });
        tree.commit().unwrap().clean_up();
    });
    list.push(("write", (both.0 - rendering.0, both.1 - rendering.1)));
    std::fs::remove_dir_all(output).unwrap();

    println!("  {:<16} {:>8} {:>8}", "stage", "wall s", "CPU s");
    for (name, (wall, cpu)) in list {
        println!("  {name:<16} {wall:>8.2} {cpu:>8.2}");
        if name == "render" {
            for (kind, (seconds, bytes)) in &kinds {
                println!("    {kind:<22} {seconds:>8.2} {:>8.1} MB", *bytes as f64 / 1e6);
            }
        }
    }
}

/// Runs it in this process, which must do nothing else.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let (wall, cpu) = (Instant::now(), cpu_seconds());
    let value = work();
    (value, (wall.elapsed().as_secs_f64(), cpu_seconds() - cpu))
}

/// Processor time of all threads so far.
fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Renders everything and throws it away; seconds of the threads' time and bytes by kind of bundle.
fn render_by_kind(renderer: &Renderer<'_>) -> BTreeMap<&'static str, (f64, u64)> {
    let kinds = Mutex::new(BTreeMap::new());
    renderer.bundles().into_par_iter().for_each(|bundle| {
        let started = clock_gettime(ClockId::ThreadCPUTime);
        let mut cache = RenderCache::default();
        let size = |route| render(renderer, &mut cache, route).unwrap().len() as u64;
        let bytes: u64 = bundle.routes(renderer).into_iter().map(size).sum();
        let ended = clock_gettime(ClockId::ThreadCPUTime);
        let seconds = (ended.tv_sec - started.tv_sec) as f64 + (ended.tv_nsec - started.tv_nsec) as f64 / 1e9;
        let mut kinds = kinds.lock().unwrap();
        let of_kind: &mut (f64, u64) = kinds.entry(kind(bundle)).or_default();
        of_kind.0 += seconds;
        of_kind.1 += bytes;
    });
    kinds.into_inner().unwrap()
}

fn kind(bundle: Bundle) -> &'static str {
    match bundle {
        Bundle::Product(..) => "products' pages",
        Bundle::Page(..) => "other pages",
        Bundle::Search(_) => "search",
        Bundle::Api(_) => "data",
        Bundle::Assets => "assets",
        Bundle::Root => "root",
    }
}
