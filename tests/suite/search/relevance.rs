//! What an administrator asks, and whether the row that answers it comes first. The questions were
//! written before the ranking.

use std::io::Write as _;

use super::LOCALES;
use crate::support::{folder, load, node, real_files, render, repository, write_files};

struct Question {
    ask: String,
    rows: Vec<String>,
}

/// `- ask: "…"`, `rows:` and a line for each row: as much YAML as the file needs.
fn questions(tag: &str) -> Vec<Question> {
    let path = repository().join(format!("tests/search/relevance-{tag}.yaml"));
    let mut questions: Vec<Question> = Vec::new();
    for line in std::fs::read_to_string(&path).unwrap().lines() {
        if let Some(ask) = line.strip_prefix("- ask: ") {
            questions.push(Question { ask: serde_json::from_str(ask).unwrap(), rows: Vec::new() });
        } else if let Some(row) = line.strip_prefix("    - ") {
            questions.last_mut().unwrap().rows.push(row.to_owned());
        } else {
            assert!(line.starts_with('#') || line == "  rows:", "{}: {line}", path.display());
        }
    }
    questions
}

#[derive(Default)]
struct Score {
    /// Questions whose first hit answers them.
    precision: f64,
    /// How much of what answers a question stands among its first five hits.
    recall: f64,
    /// Reciprocal rank of the first hit that answers.
    rank: f64,
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap());
    number(part) / number(whole)
}

/// Tells whoever asks with `--nocapture`.
fn tell(line: &str) {
    let mut stderr = std::io::stderr().lock();
    writeln!(stderr, "{line}").unwrap();
}

#[test]
fn the_row_that_answers_comes_first() {
    let files = render(&load(&real_files()));
    let site = folder();
    write_files(site.path(), &files);
    // What is reached; a change that loses an answer must say so here.
    let floors = [("en", 0.94, 0.98, 0.96), ("de", 0.97, 0.97, 0.98), ("ja", 0.93, 0.94, 0.95)];
    for ((tag, precision, recall, rank), locale) in floors.into_iter().zip(LOCALES) {
        assert_eq!(tag, locale);
        let questions = questions(tag);
        assert!(questions.len() >= 60, "{tag} has {} questions", questions.len());
        let asked: Vec<_> = questions.iter().map(|question| &question.ask).collect();
        let arguments = [site.path().to_str().unwrap(), tag];
        let answers = node("tests/search/relevance.mjs", &arguments, &serde_json::to_vec(&asked).unwrap());
        let answers: Vec<Vec<String>> = serde_json::from_slice(&answers).unwrap();
        let mut score = Score::default();
        for (question, hits) in questions.iter().zip(&answers) {
            for row in &question.rows {
                let (path, anchor) = row.split_once('#').unwrap_or((row, ""));
                let page = String::from_utf8_lossy(&files[&format!("{tag}/{path}index.html")]);
                assert!(anchor.is_empty() || page.contains(&format!("id=\"{anchor}\"")), "{tag}: there is no {row}");
            }
            let first = hits.iter().position(|hit| question.rows.contains(hit));
            let among_five = hits.iter().take(5).filter(|hit| question.rows.contains(hit)).count();
            let recall = share(among_five, question.rows.len().min(5));
            score.precision += f64::from(u8::from(first == Some(0)));
            score.recall += recall;
            score.rank += first.map_or(0.0, |rank| share(1, rank + 1));
            if first != Some(0) {
                tell(&format!("{tag}: {} is answered at {first:?}; first is {:?}", question.ask, hits.first()));
            } else if recall < 1.0 {
                tell(&format!(
                    "{tag}: {} has {among_five} of {} answers among its first five",
                    question.ask,
                    question.rows.len()
                ));
            }
        }
        let found = [score.precision, score.recall, score.rank].map(|sum| sum * share(1, questions.len()));
        tell(&format!(
            "{tag}: precision at 1 {:.3}, recall at 5 {:.3}, mean reciprocal rank {:.3}",
            found[0], found[1], found[2]
        ));
        assert!(found[0] >= precision && found[1] >= recall && found[2] >= rank, "{tag}: {found:?}");
    }
}
