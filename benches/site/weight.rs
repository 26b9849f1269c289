//! What a finished site weighs, and the floor: how long the machine takes to write as much when
//! nothing is left to compute.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::measure::Run;
use crate::stages::timed;

/// Files and bytes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Weight {
    pub(crate) files: u64,
    pub(crate) bytes: u64,
}

impl Weight {
    pub(crate) fn of(folder: &Path) -> Self {
        let mut sum = Self::default();
        files(folder).for_each(|(_, bytes)| sum.add(bytes));
        sum
    }

    pub(crate) fn megabytes(self) -> f64 {
        self.bytes as f64 / 1e6
    }

    fn add(&mut self, bytes: u64) {
        self.files += 1;
        self.bytes += bytes;
    }
}

/// Prints the files of a folder by their extension, the heaviest first.
pub(crate) fn print_kinds(folder: &Path) {
    let mut kinds: BTreeMap<String, Weight> = BTreeMap::new();
    for (path, bytes) in files(folder) {
        let extension = path.extension().map_or("none".into(), |extension| extension.to_string_lossy().into_owned());
        kinds.entry(extension).or_default().add(bytes);
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, weight)| std::cmp::Reverse(weight.bytes));
    println!("  {:<16} {:>8} {:>8}", "kind of file", "files", "MB");
    for (kind, weight) in kinds {
        println!("  {kind:<16} {:>8} {:>8.2}", weight.files, weight.megabytes());
    }
}

/// The words that make this program write a site again in place of measuring one.
const FLOOR: &str = "--floor";

/// Reads a finished site into memory and writes it into a folder that does not exist, once with each
/// of these numbers of threads. In a process of its own: the system counts the memory of the one that
/// starts a process as that process's.
pub(crate) fn floors<const N: usize>(from: &Path, to: &Path, threads: [usize; N]) -> [Run; N] {
    threads.map(|threads| {
        let mut process = Command::new(std::env::current_exe().unwrap());
        let said = process.arg(FLOOR).args([from, to]).arg(threads.to_string()).output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        let said = String::from_utf8(said.stdout).unwrap();
        let (wall, cpu) = said.trim().split_once(' ').unwrap();
        Run { wall: wall.parse().unwrap(), cpu: cpu.parse().unwrap(), peak: None }
    })
}

/// What that process does: prints seconds of wall and CPU time, if it was started for that.
pub(crate) fn is_floor(arguments: &[String]) -> bool {
    let [FLOOR, from, to, threads] = arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] else { return false };
    let (from, to, threads) = (Path::new(from), Path::new(to), threads.parse().unwrap());
    let inside = |path: &Path| path.strip_prefix(from).unwrap().to_owned();
    let held: Vec<_> = files(from).map(|(path, _)| (inside(&path), fs::read(path).unwrap())).collect();
    let ((), (wall, cpu)) = timed(|| write(&held, to, threads));
    println!("{wall} {cpu}");
    fs::remove_dir_all(to).unwrap();
    true
}

/// Makes all folders, then lets each thread write every file whose turn it is.
fn write(held: &[(PathBuf, Vec<u8>)], to: &Path, threads: usize) {
    let folders: BTreeSet<_> = held.iter().filter_map(|(path, _)| path.parent()).collect();
    for folder in folders {
        fs::create_dir_all(to.join(folder)).unwrap();
    }
    let share = |first| {
        held.iter().skip(first).step_by(threads).for_each(|(path, bytes)| fs::write(to.join(path), bytes).unwrap());
    };
    std::thread::scope(|scope| {
        (1..threads).for_each(|first| drop(scope.spawn(move || share(first))));
        share(0);
    });
}

fn files(folder: &Path) -> impl Iterator<Item = (PathBuf, u64)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().len()))
}
