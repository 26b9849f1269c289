//! Paired rows → flows with ids, each with what it leaves open.

use std::collections::{BTreeMap, BTreeSet};

use crate::locale::LocaleId;

use super::pair::{Paired, disagreements};
use super::parties::{Party, Register, Side, free};
use super::prose::clean;
use super::row::{Marks, Parties, Row, RowEnd};

/// A flow on its way into the file; without lines it is only a comment there.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) id: String,
    /// Which of the sources it is from.
    pub(super) source: usize,
    pub(super) from: Side,
    pub(super) to: Side,
    pub(super) lines: Vec<String>,
    pub(super) hosts: Vec<String>,
    pub(super) from_hosts: Vec<String>,
    pub(super) is_transport_inferred: bool,
    pub(super) marks: Marks,
    pub(super) from_ports: Vec<String>,
    pub(super) purpose: BTreeMap<LocaleId, String>,
    pub(super) rows: Vec<u32>,
    pub(super) remarks: Vec<String>,
    pub(super) open: Vec<String>,
}

/// A note of the summary: where, and what.
#[derive(Clone, Debug)]
pub(super) struct Noted {
    pub(super) span: Option<crate::span::Span>,
    pub(super) row: u32,
    pub(super) what: String,
}

/// All flows, and what the summary says of them.
#[derive(Default)]
pub(super) struct Flows {
    pub(super) drafts: Vec<Draft>,
    pub(super) guessed: Vec<Noted>,
    pub(super) open: Vec<Noted>,
    pub(super) disagreeing: Vec<Noted>,
}

impl Flows {
    /// Adds the row of a source. `page` names the page of a language.
    pub(super) fn add(
        &mut self,
        source: usize,
        locale: LocaleId,
        paired: &Paired,
        register: &mut Register<'_>,
        pages: &[(LocaleId, String)],
    ) {
        let page = |locale: LocaleId| -> &str {
            pages.iter().find(|(known, _)| *known == locale).map_or("", |(_, path)| path.as_str())
        };
        let row = &paired.row;
        let note = |what: &String| Noted { span: row.span, row: row.number, what: what.clone() };
        let mut versions: Vec<(LocaleId, Row)> = vec![(locale, row.clone())];
        versions.extend(paired.others.iter().cloned());
        for (_, version) in &mut versions {
            settle(&mut version.from);
            settle(&mut version.to);
        }
        let mut open = row.open.clone();
        for (lacking, path) in pages {
            if *lacking != locale && !paired.others.iter().any(|(known, _)| known == lacking) {
                let told = format!("{} has this row, {path} has not", page(locale));
                self.disagreeing.push(note(&told));
                open.push(told);
            }
        }
        for (other, version) in &paired.others {
            for (what, own, theirs) in disagreements(row, version) {
                let told =
                    format!("{what}: {own} in {}, {theirs} in {} (row {})", page(locale), page(*other), version.number);
                self.disagreeing.push(note(&told));
                open.push(format!("the pages differ in {told}"));
            }
            let new = version.open.iter().filter(|other| !row.open.contains(other)).cloned();
            open.extend(new.collect::<Vec<_>>());
        }
        let ends = |end: fn(&Row) -> &RowEnd| -> Vec<(LocaleId, &Parties)> {
            versions.iter().map(|(locale, row)| (*locale, &end(row).parties)).collect()
        };
        // Of a row that is only a comment, no component would be used.
        let (from, to) = if row.lines.is_empty() {
            open.push(format!(
                "row {}, {} to {}: write the flow, or say why it is none",
                row.number,
                row.from.said(),
                row.to.said()
            ));
            (Side::Unstated, Side::Unstated)
        } else {
            (register.note(&ends(|row| &row.from)), register.note(&ends(|row| &row.to)))
        };
        // Only two components that differ, and are known by no addresses, can stand beside one another.
        let has_two = matches!((&from, &to), (Side::Parties(from), Side::Parties(to)) if matches!((from.as_slice(), to.as_slice()), ([from], [to]) if from != to));
        let is_both_ways = row.marks.is_both_ways
            && has_two
            && versions[0].1.to.hosts.is_empty()
            && versions[0].1.from.hosts.is_empty();
        if row.marks.is_both_ways && !is_both_ways && !row.lines.is_empty() {
            let told = "either side may open: write `between`, or a second flow the other way round".to_owned();
            self.open.push(note(&told));
            open.push(told);
        }
        self.guessed.extend(row.guessed.iter().map(note));
        self.open.extend(row.open.iter().map(note));
        let mut remarks = row.remarks.clone();
        for (_, version) in &paired.others {
            let new = version.remarks.iter().filter(|remark| !row.remarks.contains(remark));
            remarks.extend(new.cloned());
        }
        let purpose = versions.iter().filter(|(_, row)| !clean(&row.purpose).is_empty());
        let draft = Draft {
            id: String::new(),
            source,
            from,
            to,
            lines: row.lines.iter().map(super::row::RowLine::written).collect(),
            hosts: versions[0].1.to.hosts.iter().cloned().collect(),
            from_hosts: versions[0].1.from.hosts.iter().cloned().collect(),
            is_transport_inferred: row.is_transport_inferred,
            marks: Marks { needs_one: row.marks.needs_one && row.lines.len() > 1, is_both_ways, ..row.marks },
            from_ports: row.from_ports.clone(),
            purpose: purpose.map(|(locale, row)| (*locale, row.purpose.trim().to_owned())).collect(),
            rows: vec![row.number],
            remarks,
            open,
        };
        self.join_or_push(draft);
    }

    /// Rows that say the same are one flow of several rows.
    fn join_or_push(&mut self, draft: Draft) {
        let same = self.drafts.iter_mut().find(|known| {
            !draft.lines.is_empty()
                && known.source == draft.source
                && (&known.from, &known.to, &known.hosts, &known.from_hosts)
                    == (&draft.from, &draft.to, &draft.hosts, &draft.from_hosts)
                && (known.marks, &known.from_ports) == (draft.marks, &draft.from_ports)
                && known.lines.iter().collect::<BTreeSet<_>>() == draft.lines.iter().collect()
        });
        let Some(known) = same else { return self.drafts.push(draft) };
        for (locale, purpose) in draft.purpose {
            match known.purpose.get(&locale) {
                Some(own) if *own != purpose => {
                    known.open.push(format!("row {} has another purpose: {purpose}", draft.rows[0]));
                }
                Some(_) => {}
                None => {
                    known.purpose.insert(locale, purpose);
                }
            }
        }
        let new: Vec<String> = draft.remarks.into_iter().filter(|remark| !known.remarks.contains(remark)).collect();
        known.remarks.extend(new);
        let new: Vec<String> = draft.open.into_iter().filter(|open| !known.open.contains(open)).collect();
        known.open.extend(new);
        known.rows.extend(draft.rows);
    }

    /// Gives every flow an id of its ends and, where those are not enough, of its service or port.
    pub(super) fn give_ids(&mut self, parties: &[Party]) {
        let word = |side: &Side| match side {
            Side::Any => Some("any"),
            Side::Unstated => None,
            Side::Parties(list) => list.first().map(|position| parties[*position].id.as_str()),
        };
        let stem = |draft: &Draft| {
            let stem = match (word(&draft.from), word(&draft.to)) {
                (Some(from), Some(to)) => format!("{from}-to-{to}"),
                (Some(from), None) => format!("{from}-out"),
                (None, Some(to)) => format!("to-{to}"),
                (None, None) => "unstated".to_owned(),
            };
            // An anchor that begins so belongs to another kind of item.
            if crate::model::reserved_anchors().any(|prefix| stem.starts_with(prefix)) {
                format!("flow-{stem}")
            } else {
                stem
            }
        };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for draft in &self.drafts {
            *counts.entry(stem(draft)).or_default() += 1;
        }
        let mut taken = BTreeSet::new();
        for draft in &mut self.drafts {
            let stem = stem(draft);
            let wanted = if counts[&stem] > 1 { format!("{stem}-{}", suffix(&draft.lines)) } else { stem };
            draft.id = free(wanted.trim_end_matches('-'), &taken);
            taken.insert(draft.id.clone());
        }
    }
}

/// What tells a flow from others between the same ends: its service, or its port.
fn suffix(lines: &[String]) -> String {
    let Some(first) = lines.first() else { return "row".to_owned() };
    let (traffic, services) = first.split_once(' ').unwrap_or((first, ""));
    let word = services.split(' ').next().filter(|service| !service.is_empty());
    let word = word.unwrap_or_else(|| traffic.split('/').next().unwrap_or(traffic));
    let word: String = word.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    word.trim_end_matches('-').to_owned()
}

/// An end known by its addresses alone: the first of them gives its id, its name is still to be written.
fn settle(end: &mut RowEnd) {
    if let (Some(host), Parties::Any | Parties::Unstated) = (end.hosts.first(), &end.parties) {
        end.parties = Parties::Addressed(host.clone());
    }
}
