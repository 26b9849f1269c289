//! Builds that are killed, and builds that meet: what stands in the output's place is the old site
//! or the new one, whole, and the next build leaves nothing else.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{amount, files_below, folder, many_products, names, write_files};

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
            files_below(&folder.path().join("public"))
        });
        assert!(whole[0].len() > 400 && whole[0] != whole[1]);
        Self { folder, whole }
    }

    fn public(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    /// Which of the two sites stands, whole. `None`: none, not even a folder.
    fn standing(&self) -> Option<usize> {
        if !self.public().exists() {
            return None;
        }
        let found = files_below(&self.public());
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
    /// From 0 up to 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f64::from((z >> 40) as u32) / f64::from(1_u32 << 24)
    }
}

/// From what on a random span is counted before the kill.
#[derive(Clone, Copy, Debug)]
enum From {
    Start,
    /// The folder that grows is there.
    Writing,
    /// It is complete: its marker is there, and the exchange is next.
    Complete,
}

const FROM: [From; 3] = [From::Start, From::Writing, From::Complete];

/// Waits for the moment. `false`: the build ended before.
fn wait_for(from: From, build: &mut Child, folder: &Path) -> bool {
    let staging = folder.join(format!(".public.rutter-new-{}", build.id()));
    let has_come = || match from {
        From::Start => true,
        From::Writing => staging.exists(),
        From::Complete => staging.join(".rutter").exists(),
    };
    while !has_come() {
        if build.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_micros(30));
    }
    true
}

/// How long a build runs on from each of the three, the median of five. On a busy machine the last,
/// a few milliseconds, is not always seen.
fn spans(yard: &Yard) -> [Duration; 3] {
    FROM.map(|from| {
        let run_on = |_| {
            let mut build = start(yard.folder.path(), URLS[1]);
            let is_seen = wait_for(from, &mut build, yard.folder.path());
            let begin = Instant::now();
            assert!(build.wait().unwrap().success());
            is_seen.then(|| begin.elapsed())
        };
        let mut spans: Vec<_> = (0..40).filter_map(run_on).take(5).collect();
        spans.sort();
        *spans.get(2).unwrap_or_else(|| panic!("{from:?} was hardly ever seen: {spans:?}"))
    })
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

#[test]
fn a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one_whole() {
    let yard = Yard::new();
    let folder = yard.folder.path();
    let spans = spans(&yard);
    let mut random = Random(20_261_122);
    let mut phases: BTreeMap<Phase, usize> = BTreeMap::new();
    for kill in 0..amount(KILLS.0, KILLS.1) {
        // Now and then there is no old site.
        if kill % 20 == 19 {
            std::fs::remove_dir_all(yard.public()).unwrap();
        }
        let old = yard.standing();
        let new = old.map_or(0, |old| 1 - old);
        let mut build = start(folder, URLS[new]);
        if wait_for(FROM[kill % 3], &mut build, folder) {
            // The random moment itself: nothing is waited for.
            std::thread::sleep(spans[kill % 3].mul_f64(random.share()));
        }
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
        if kill % 10 == 9 {
            let next = start(folder, URLS[0]).wait_with_output().unwrap();
            assert!(next.status.success(), "{}", String::from_utf8_lossy(&next.stderr));
            assert_eq!(yard.standing(), Some(0));
            assert_eq!(names(folder), CLEAN, "the next build sweeps what killed ones left");
        }
    }
    println!("{phases:?}, of {spans:?}");
    // On a busy machine the spans move under the kills; on a quiet one the last phase gets some thirty.
    for (phase, at_least) in [(Phase::Reading, 5), (Phase::Writing, 20), (Phase::Swapped, 1)] {
        assert!(phases.get(&phase) >= Some(&at_least), "too few kills hit {phase:?}: {phases:?}, of {spans:?}");
    }
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
