//! Lines of `ports:` as written → [`Line`]: named ranges become their values.

use crate::diagnostic::{Code, Diagnostic};
use crate::item::ItemKind;
use crate::parse::port::{RawLine, RawPort, RawPortRange, RawTraffic};
use crate::span::Spanned;
use crate::value::{Port, Traffic};

use super::super::{Condition, Item, Line, NamedRange, ServiceId};
use super::Resolver;

impl Resolver<'_> {
    /// Named ranges, before anything that uses them; their conditions follow with [`Self::range_conditions`].
    pub(super) fn ranges(&mut self, raws: &[RawPortRange]) {
        for raw in raws {
            let values = raw.values.iter().map(|value| (Condition::always(), value.port)).collect();
            self.model.ranges.push(NamedRange { id: raw.id.value.clone(), span: raw.id.span, values });
        }
    }

    /// The conditions of named ranges, once options are known.
    pub(super) fn range_conditions(&mut self, raws: &[RawPortRange]) {
        for (position, raw) in raws.iter().enumerate() {
            for (at, value) in raw.values.iter().enumerate() {
                let when = self.condition(None, value.when.as_ref());
                if when.is_always() && raw.values.len() > 1 {
                    self.error(
                        Code::PortForm,
                        raw.id.span,
                        format!("a value of the port range `{}` has no condition beside others", raw.id.value),
                        "give each of several values its `when`",
                    );
                }
                self.model.ranges[position].values[at].0 = when;
            }
        }
    }

    /// What a flow opens; `when` is its own condition.
    pub(super) fn lines(&mut self, raws: &[RawLine], when: &Condition) -> Vec<Line> {
        let mut lines = Vec::new();
        for raw in raws {
            let services: Vec<_> = raw.services.iter().filter_map(|service| self.service_id(service)).collect();
            let all = self.traffic(&raw.traffic);
            let is_empty = all.is_empty();
            let before = lines.len();
            for (of_range, traffic) in all {
                // A value that can't hold where the flow does is none of it.
                if !of_range.and(when).is_never() {
                    lines.push(Line { traffic, services: services.clone(), when: of_range, span: raw.span });
                }
            }
            if lines.len() == before && !is_empty {
                self.error(
                    Code::PortForm,
                    raw.span,
                    "no value of this port range can hold when the flow does".to_owned(),
                    "add a value for this condition to the range, or write the ports of this flow in numbers",
                );
            }
        }
        self.refuse_repeated_lines(&lines);
        lines
    }

    /// What a line lets through, a named range once for each value; nothing where its name is unknown.
    pub(super) fn traffic(&mut self, raw: &RawTraffic) -> Vec<(Condition, Traffic)> {
        let always = |traffic| vec![(Condition::always(), traffic)];
        match raw {
            RawTraffic::Ports { over, port: RawPort::Stated(port) } => {
                always(Traffic::Ports { over: *over, port: *port })
            }
            RawTraffic::Ports { over, port: RawPort::Named(name) } => {
                let values = self.range(name);
                values.into_iter().map(|(when, port)| (when, Traffic::Ports { over: *over, port })).collect()
            }
            RawTraffic::Bare(protocol) => always(Traffic::Bare(*protocol)),
        }
    }

    fn range(&mut self, name: &Spanned<String>) -> Vec<(Condition, Port)> {
        let found = self.ids.find(ItemKind::PortRange, None, &name.value);
        self.note_use(found, name);
        if let Some(Item::Range(position)) = found {
            return self.model.ranges[position as usize].values.clone();
        }
        let diagnostic = self.ids.unknown_range(name);
        self.report.add(diagnostic);
        Vec::new()
    }

    fn refuse_repeated_lines(&mut self, lines: &[Line]) {
        for (position, line) in lines.iter().enumerate() {
            let repeats = |earlier: &&Line| earlier.traffic == line.traffic && !earlier.when.and(&line.when).is_never();
            if let Some(first) = lines[..position].iter().find(repeats) {
                self.report.add(
                    Diagnostic::error(Code::DuplicateId, repeated(line))
                        .at(line.span)
                        .label(first.span, "first listed here")
                        .help("remove one of the two"),
                );
            }
        }
    }

    fn service_id(&mut self, name: &Spanned<String>) -> Option<ServiceId> {
        let found = self.ids.services.find(None, &name.value);
        self.note_use(found.map(Item::Service), name);
        if found.is_none() {
            let diagnostic = self.ids.services.unknown(Code::UnknownService, ItemKind::Service, None, name);
            self.report.add(diagnostic);
        }
        found
    }
}

fn repeated(line: &Line) -> &'static str {
    match line.traffic {
        Traffic::Ports { .. } => "the same port and transport are listed twice",
        Traffic::Bare(_) => "the same protocol is listed twice",
    }
}
