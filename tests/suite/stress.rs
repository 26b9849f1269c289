//! Builds that are killed, and builds that meet: what stands in the output's place is the old site
//! or the new one, whole, and the next build leaves nothing else.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::support::{amount, folder, many_products, names, write_files, written_below};

/// Builds that are killed: a drawn number, and the whole.
const KILLS: (usize, usize) = (200, 1000);
/// The two sites that take turns; every page tells them apart.
const URLS: [&str; 2] = ["https://example.org/one/", "https://example.org/another/"];
const CLEAN: [&str; 3] = ["content", "public", "site.toml"];

type Files = BTreeMap<String, Vec<u8>>;

/// A site of some 500 files, and what its output is for either address.
struct Yard {
    folder: tempfile::TempDir,
    whole: [Files; 2],
}

impl Yard {
    fn new() -> Self {
        // In memory where there is such a place: on ext4 the kernel spends three times as long on
        // the disk, and to a killed process every file system is the same.
        let folder = tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| folder());
        write_files(folder.path(), &many_products(80));
        let whole = URLS.map(|url| {
            assert!(start(folder.path(), url).wait().unwrap().success());
            written_below(&folder.path().join("public"))
        });
        assert!(whole[0].len() > 400 && whole[0] != whole[1]);
        Self { folder, whole }
    }

    fn public(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    /// The folder that stands, if one does.
    fn inode(&self) -> Option<u64> {
        std::fs::metadata(self.public()).ok().map(|folder| folder.ino())
    }

    /// Which of the two sites stands, whole. `None`: none, not even a folder.
    fn standing(&self) -> Option<usize> {
        if !self.public().exists() {
            return None;
        }
        let found = written_below(&self.public());
        let standing = self.whole.iter().position(|whole| *whole == found);
        assert!(standing.is_some(), "neither site, but {} files of {}", found.len(), self.whole[0].len());
        standing
    }
}

fn start(folder: &Path, url: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_rutter"))
        .args(["build", "--base-url", url])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The same numbers on every run (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % count as u64).unwrap()
    }
}

/// What is seen of a build before it is killed. No clock decides: how long each part takes hangs on
/// the machine and on what else it does.
#[derive(Clone, Copy, Debug)]
enum Moment {
    Started,
    /// It holds the folder.
    Locked,
    /// One of the files of the new site is there.
    Written(usize),
    /// The new site is complete: its marker is there, and the exchange is next.
    Complete,
    /// Another folder stands in the output's place, and the old one is being removed.
    Exchanged,
}

impl Moment {
    fn draw(kill: usize, random: &mut Random, yard: &Yard) -> Self {
        match kill % 5 {
            0 => Self::Started,
            1 => Self::Locked,
            2 => Self::Written(random.below(yard.whole[0].len())),
            3 => Self::Complete,
            _ => Self::Exchanged,
        }
    }

    /// Waits for it, or for the end of the build.
    fn wait(self, build: &mut Child, yard: &Yard, old: Option<u64>) {
        let folder = yard.folder.path();
        let staging = folder.join(format!(".public.rutter-new-{}", build.id()));
        let has_come = || match self {
            Self::Started => true,
            Self::Locked => folder.join(".public.rutter-lock").exists(),
            Self::Written(at) => staging.join(yard.whole[0].keys().nth(at).unwrap()).exists(),
            Self::Complete => staging.join(".rutter").exists(),
            Self::Exchanged => yard.inode().is_some_and(|new| Some(new) != old),
        };
        while !has_come() && build.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    /// Nothing of the new site is on the disk.
    Reading,
    /// The old site stands, the new one grows.
    Writing,
    /// The new site stands, the old one is being removed.
    Swapped,
    /// The build had ended, or its work was done.
    Done,
}

/// How often each phase is hit at least.
const ENOUGH: [(Phase, usize); 3] = [(Phase::Reading, 20), (Phase::Writing, 20), (Phase::Swapped, 3)];

#[test]
fn a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one_whole() {
    let yard = Yard::new();
    let folder = yard.folder.path();
    let mut random = Random(20_261_122);
    let mut phases: BTreeMap<Phase, usize> = BTreeMap::new();
    let kills = amount(KILLS.0, KILLS.1);
    for kill in 0.. {
        let is_enough = ENOUGH.iter().all(|(phase, least)| phases.get(phase) >= Some(least));
        if kill >= kills && is_enough {
            break;
        }
        // A busy machine lets a build run on before it is killed; then there are more of them.
        assert!(kill < 10 * kills, "too few kills hit one of the phases: {phases:?}");
        // Now and then there is no old site.
        if kill % 17 == 16 {
            std::fs::remove_dir_all(yard.public()).unwrap();
        }
        let old = yard.standing();
        let new = old.map_or(0, |old| 1 - old);
        let before = yard.inode();
        let mut build = start(folder, URLS[new]);
        Moment::draw(kill, &mut random, &yard).wait(&mut build, &yard, before);
        build.kill().unwrap();
        let pid = build.id();
        let output = build.wait_with_output().unwrap();
        assert!(output.status.signal() == Some(9) || output.status.success(), "{output:?}");

        let standing = yard.standing();
        assert!(standing == old || standing == Some(new));
        let staging: Vec<_> =
            names(folder).into_iter().filter(|name| name.starts_with(".public.rutter-new-")).collect();
        assert!(staging.len() <= 1, "what killed builds left was not swept: {staging:?}");
        let is_left = staging.contains(&format!(".public.rutter-new-{pid}"));
        let phase = match (standing == Some(new), is_left) {
            (false, false) => Phase::Reading,
            (false, true) => Phase::Writing,
            (true, true) => Phase::Swapped,
            (true, false) => Phase::Done,
        };
        *phases.entry(phase).or_default() += 1;
        if kill % 11 == 10 {
            let next = start(folder, URLS[0]).wait_with_output().unwrap();
            assert!(next.status.success(), "{}", String::from_utf8_lossy(&next.stderr));
            assert_eq!(yard.standing(), Some(0));
            assert_eq!(names(folder), CLEAN, "the next build sweeps what killed ones left");
        }
    }
    println!("{phases:?}");
}

#[test]
fn builds_that_meet_take_turns_or_give_way() {
    let yard = Yard::new();
    let folder = yard.folder.path();
    let mut gave_way = 0;
    for round in 0..8 {
        let urls: [&str; 4] = if round % 2 == 0 { [URLS[0]; 4] } else { [URLS[0], URLS[1], URLS[1], URLS[0]] };
        let builds = urls.map(|url| start(folder, url));
        let mut written = Vec::new();
        for (build, url) in builds.into_iter().zip(urls) {
            let output = build.wait_with_output().unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            match output.status.code() {
                Some(0) => written.push(url),
                Some(2) => {
                    assert!(told.contains("/public is being written by another build\nhelp: wait for it"), "{told}");
                    gave_way += 1;
                }
                _ => panic!("{:?}: {told}", output.status),
            }
        }
        let standing = yard.standing().unwrap();
        assert!(written.contains(&URLS[standing]), "{} stands, {written:?} were written", URLS[standing]);
        assert_eq!(names(folder), CLEAN);
    }
    assert!(gave_way > 0, "no two builds met");
}
