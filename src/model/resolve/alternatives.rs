//! Groups of ways of which one is enough, as written → [`Alternatives`].

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::alternatives::{RawAlternatives, RawWay};
use crate::span::Spanned;
use crate::value::Verdict;

use super::super::{Alternatives, FlowId, ProductId};
use super::Resolver;

impl Resolver<'_> {
    pub(super) fn alternatives(&mut self, product: ProductId, raw: &RawAlternatives) -> Alternatives {
        self.refuse_flows_of_two_ways(raw);
        if raw.ways.len() < 2 {
            let (what, help) = if raw.is_list {
                ("names one flow", "name at least two, or remove the group")
            } else {
                ("has one way", "add the other ways, each the id of a flow or a list of them, or remove the group")
            };
            let headline = format!("a group of alternatives {what}");
            self.error(Code::NotAnAlternative, raw.span, headline, help);
        }
        let ways: Vec<_> = raw.ways.iter().map(|way| self.way(product, way)).collect();
        let ways: Vec<_> = ways.into_iter().filter(|way| !way.is_empty()).collect();
        let preferred = raw.preferred.as_ref().and_then(|name| self.preferred(product, name, raw));
        let preferred = preferred.and_then(|flow| ways.iter().position(|way| way[0] == flow));
        Alternatives { ways, preferred }
    }

    /// Of a flow that stands twice nobody could say to which way it belongs.
    fn refuse_flows_of_two_ways(&mut self, raw: &RawAlternatives) {
        if raw.is_list {
            let flows: Vec<_> = raw.ways.iter().flat_map(|way| &way.flows).cloned().collect();
            self.refuse_repetitions(&flows);
            return;
        }
        for (position, way) in raw.ways.iter().enumerate() {
            self.refuse_repetitions(&way.flows);
            for flow in &way.flows {
                let earlier = raw.ways[..position].iter().flat_map(|way| &way.flows);
                let Some(first) = earlier.into_iter().find(|known| known.value == flow.value) else { continue };
                self.report.add(
                    Diagnostic::error(Code::DuplicateId, format!("`{}` stands in two ways of a group", flow.value))
                        .at(flow.span)
                        .label(first.span, "the other way")
                        .help("leave it out of both if it is needed in any case; otherwise write a flow for each way"),
                );
            }
        }
    }

    fn way(&mut self, product: ProductId, raw: &RawWay) -> Vec<FlowId> {
        match raw.flows.as_slice() {
            [] => self.error(
                Code::NotAnAlternative,
                raw.span,
                "a way lists no flow".to_owned(),
                "list the flows that belong together, or remove the way",
            ),
            [only] if raw.is_list => self.error(
                Code::NotAnAlternative,
                raw.span,
                format!("a way lists one flow, `{}`", only.value),
                &format!("write `{}` without brackets, or add the flows that belong to it", only.value),
            ),
            _ => {}
        }
        let mut way: Vec<FlowId> = Vec::with_capacity(raw.flows.len());
        for name in &raw.flows {
            let Some(flow) = self.flow_id(product, name) else { continue };
            self.refuse_blocked(flow, name);
            self.refuse_strangers(&way, flow, name);
            way.push(flow);
        }
        way
    }

    /// What must not be possible does in place of nothing.
    fn refuse_blocked(&mut self, flow: FlowId, name: &Spanned<String>) {
        if self.model[flow].verdict == Verdict::Block {
            self.report.add(
                Diagnostic::error(
                    Code::NotAnAlternative,
                    format!("`{}` is blocked, and does in place of nothing", name.value),
                )
                .at(name.span)
                .label(self.model[flow].span, "blocked here")
                .help("name flows that are let through; what is blocked is blocked whichever way is taken"),
            );
        }
    }

    /// Flows of one way are needed together.
    fn refuse_strangers(&mut self, way: &[FlowId], flow: FlowId, name: &Spanned<String>) {
        let when = &self.model[flow].when;
        let excludes = |other: &&FlowId| {
            !when.is_never() && !self.model[**other].when.is_never() && when.and(&self.model[**other].when).is_never()
        };
        let Some(other) = way.iter().find(excludes) else { return };
        let other = &self.model[*other];
        let headline = format!("`{}` and `{}` are of one way, and are never needed together", other.id, name.value);
        let diagnostic = Diagnostic::error(Code::NeverHolds, headline)
            .at(name.span)
            .label(other.span, "needed under other choices only")
            .help("write a way for each, or correct the `when` of one of them");
        self.report.add(diagnostic);
    }

    fn preferred(&mut self, product: ProductId, name: &Spanned<String>, raw: &RawAlternatives) -> Option<FlowId> {
        let flow = self.flow_id(product, name)?;
        let firsts = || raw.ways.iter().filter_map(|way| way.flows.first());
        if firsts().any(|first| first.value == name.value) {
            return Some(flow);
        }
        let own = raw.ways.iter().find(|way| way.flows.iter().any(|known| known.value == name.value));
        let (headline, help) = if let Some(first) = own.and_then(|way| way.flows.first()) {
            let headline = format!("`preferred` is `{}`, which is not the first flow of its way", name.value);
            (headline, format!("write `{}`, by which this way is known", first.value))
        } else {
            let firsts: Vec<_> = firsts().map(|first| format!("`{}`", first.value)).collect();
            let headline = format!("`preferred` is `{}`, which is in no way of the group", name.value);
            (headline, format!("write the first flow of a way: {}", firsts.join(" or ")))
        };
        self.error(Code::NotAnAlternative, name.span, headline, &help);
        None
    }
}
