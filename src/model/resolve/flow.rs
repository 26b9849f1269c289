//! Flows as written → [`Flow`].

use crate::diagnostic::{Code, Diagnostic};
use crate::item::ItemKind;
use crate::parse::flow::RawFlow;
use crate::parse::port::RawLine;
use crate::span::Spanned;
use crate::value::Scope;

use super::super::{Cite, CitedId, ComponentId, End, Flow, FlowId, Id, Item, Line, ProductId, ServiceId, UnitId, Who};
use super::{Owner, Resolver};
use crate::value::UnitKind;

impl Resolver<'_> {
    pub(super) fn flow(&mut self, product: ProductId, raw: RawFlow) -> FlowId {
        let id = FlowId::from_index(self.model.flows.len());
        let prefix = self.prefix(Some(product), ItemKind::Flow, &raw.id.value);
        let owner = Owner { product: Some(product), flow: Some(id), item: Item::Flow(id), prefix: &prefix };
        let to = self.components_of(product, &raw.to);
        let from = self.openers(product, &raw, &to);
        let lines: Vec<_> = raw.lines.iter().map(|line| self.line(line)).collect();
        self.refuse_repeated_lines(&lines);
        self.refuse_repetitions(&raw.rows);
        let purpose = if let Some(text) = raw.purpose {
            Some(self.unit(owner, "purpose", UnitKind::Paragraph, Some(text)))
        } else {
            let has_unknown_service =
                raw.lines.iter().zip(&lines).any(|(raw, line)| raw.service.is_some() && line.service.is_none());
            self.service_purpose(owner, &lines, raw.lacks_purpose || has_unknown_service)
        };
        let when = self.condition(product, raw.when.as_ref());
        let to_hosts = self.hosts(product, &to, raw.hosts.as_ref());
        let from_hosts = self.hosts(product, &from, raw.from_hosts.as_ref());
        let needs_source = !raw.rows.is_empty() && !raw.lacks_source && !self.lacks_sources;
        let source = self.flow_source(product, &raw.id, raw.source.as_ref(), needs_source);
        let cite = |source| Cite {
            source,
            rows: raw.rows.iter().map(|row| row.value).collect(),
            spans: raw.rows.iter().map(|row| row.span).collect(),
        };
        self.meta(Item::Flow(id), &raw.meta);
        self.model.flows.push(Flow {
            product,
            span: raw.id.span,
            id: raw.id.value,
            from: End { who: Who::Parties(from), hosts: from_hosts },
            to: End { who: Who::Parties(to), hosts: to_hosts },
            lines,
            need: raw.need,
            when,
            scope: raw.scope,
            configurable: raw.configurable,
            proxy: raw.proxy,
            purpose,
            inferred: raw.inferred,
            cites: source.into_iter().map(cite).collect(),
        });
        id
    }

    fn openers(&mut self, product: ProductId, raw: &RawFlow, to: &[ComponentId]) -> Vec<ComponentId> {
        if !raw.from.is_empty() {
            return self.components_of(product, &raw.from);
        }
        if raw.scope != Scope::Internal && !raw.lacks_from {
            self.report.add(
                Diagnostic::error(Code::MissingFrom, format!("the flow `{}` does not say who opens it", raw.id.value))
                    .at(raw.id.span)
                    .help("add `from:`; where the source lost it, name the component it surely is and add `inferred: [from]`"),
            );
        }
        to.to_vec()
    }

    fn refuse_repeated_lines(&mut self, lines: &[Line]) {
        for (position, line) in lines.iter().enumerate() {
            let repeats = |earlier: &&Line| earlier.traffic == line.traffic;
            if let Some(first) = lines[..position].iter().find(repeats) {
                self.report.add(
                    Diagnostic::error(Code::DuplicateId, "the same port and transport are listed twice")
                        .at(line.span)
                        .label(first.span, "first listed here")
                        .help("remove one of the two"),
                );
            }
        }
    }

    fn line(&mut self, raw: &RawLine) -> Line {
        let service = raw.service.as_ref().and_then(|service| self.service_id(service));
        Line { traffic: raw.traffic, service, span: raw.span }
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

    /// The purpose all lines share through their service. What could not be read may have had one:
    /// an empty unit keeps the checks from missing it.
    fn service_purpose(&mut self, owner: Owner<'_>, lines: &[Line], is_damaged: bool) -> Option<UnitId> {
        let mut services = lines.iter().map(|line| line.service);
        let first = services.next().flatten();
        let is_shared = services.all(|service| service == first);
        if let Some(purpose) = first.filter(|_| is_shared).and_then(|service| self.model[service].purpose) {
            return Some(purpose);
        }
        is_damaged.then(|| self.unit(owner, "purpose", UnitKind::Paragraph, None))
    }

    fn flow_source(
        &mut self,
        product: ProductId,
        id: &Spanned<String>,
        name: Option<&Spanned<String>>,
        needs_source: bool,
    ) -> Option<CitedId> {
        if let Some(name) = name {
            return self.source(product, name);
        }
        let sources = self.model[product].sources.clone();
        // Pages without rows are only pointed at; the one with rows is meant.
        let with_rows: Vec<_> = sources.iter().copied().filter(|source| self.model[*source].rows > 0).collect();
        if let ([only], _) | (_, [only]) = (sources.as_slice(), with_rows.as_slice()) {
            return Some(*only);
        }
        if needs_source {
            let headline = format!("the flow `{}` does not say which source its rows are of", id.value);
            let why = if sources.is_empty() { "the product has none yet" } else { "the product has several" };
            self.report
                .add(Diagnostic::error(Code::MissingKey, headline).at(id.span).help(format!("add `source:`: {why}")));
        }
        None
    }
}
