//! Measures whole runs of `rutter` on generated sites, and the stages of one run in this process.
//!
//! ```text
//! cargo bench                 240, 3,000 and 30,000 rows
//! cargo bench -- 3000         one size
//! cargo bench -- --keep       leaves the sites where they were measured, and says where
//! ```
//!
//! It judges nothing: machines differ, and a shared one differs from itself. What can be compared are
//! the ratios taken run by run in turn: to `cp -r` of the finished site, to the floor (its files written
//! from memory), and to Hugo and Pagefind on the same rows, where the machine has them.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that can't be taken has no other end")]
#![expect(clippy::disallowed_methods, reason = "it makes its own sites")]
#![expect(clippy::cast_precision_loss, reason = "no site has 2^52 bytes")]

mod generate;
mod measure;
mod peers;
mod stages;
mod weight;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use generate::Size;
use measure::{Run, median};
use peers::Peers;
use weight::Weight;

const SIZES: [Size; 3] =
    [Size { products: 4, rows: 60 }, Size { products: 40, rows: 75 }, Size { products: 400, rows: 75 }];

fn main() {
    // `cargo bench` passes `--bench` to every target.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if weight::is_floor(&arguments) {
        return;
    }
    let is_kept = arguments.iter().any(|argument| argument == "--keep");
    let wanted = |size: &Size| {
        let mut numbers = arguments.iter().filter_map(|argument| argument.parse().ok()).peekable();
        numbers.peek().is_none() || numbers.any(|rows: u32| rows == size.total_rows())
    };
    let folder = workplace();
    println!("in {}, {} threads", folder.display(), std::thread::available_parallelism().unwrap());
    for size in SIZES.iter().filter(|size| wanted(size)) {
        measure_size(&folder, *size);
    }
    if is_kept {
        println!("kept in {}", folder.display());
    } else {
        fs::remove_dir_all(&folder).unwrap();
    }
}

/// A new folder, in memory where the system has one: a disk would be measured with the compiler.
fn workplace() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = parent.join(format!("rutter-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn measure_size(folder: &Path, size: Size) {
    let rows = size.total_rows();
    let root = folder.join(format!("rows-{rows}"));
    generate::write_site(&root, size).unwrap();
    let output = root.join("public");
    let rutter = |command: &str| {
        let mut process = Command::new(env!("CARGO_BIN_EXE_rutter"));
        process.arg("--root").arg(&root).arg(command);
        process
    };
    // Translations nobody has accepted would be errors, and notices on the pages.
    let accept = Run::of(rutter("accept").arg("--changed"));
    let mut peers = Peers::new(folder.join(format!("rows-{rows}-hugo")), size);
    let [mut builds, mut checks, mut copies, mut alone, mut pairs] = [const { Vec::new() }; 5];
    let count = if rows > 10_000 { 3 } else { 5 };
    // The first build and copy only warm the caches up.
    for turn in 0..=count {
        let build = Run::of(rutter("build").arg("--force"));
        let duplicate = folder.join("duplicate");
        let copy = Run::of(Command::new("cp").arg("-r").arg(&output).arg(&duplicate));
        fs::remove_dir_all(&duplicate).unwrap();
        let [one, two] = weight::floors(&output, &duplicate, [1, 2]);
        peers.turn(turn > 0);
        let check = Run::of(rutter("check").args(["--deny", "warnings"]));
        if turn > 0 {
            builds.push(build);
            copies.push(copy);
            alone.push(one);
            pairs.push(two);
            checks.push(check);
        }
    }
    let weight = Weight::of(&output);
    println!("\n{rows} rows x 3 languages: {} files, {:.1} MB", weight.files, weight.megabytes());
    Run::print_table(&[
        ("build", &builds),
        ("check", &checks),
        ("accept", &[accept]),
        ("cp -r", &copies),
        ("floor, 1 thread", &alone),
        ("floor, 2 threads", &pairs),
    ]);
    for (name, others) in [("cp -r", &copies), ("floor, 2 threads", &pairs)] {
        let ratios = builds.iter().zip(others).map(|(build, other)| build.wall / other.wall).collect();
        println!("  build / {name}, wall, median of {count} pairs: {:.1}", median(ratios));
    }
    peers.print(&builds, weight);
    weight::print_kinds(&output);
    stages::print(&root, &folder.join("staged"));
}
