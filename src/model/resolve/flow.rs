//! Flows as written → [`Flow`].

use crate::diagnostic::Code;
use crate::item::ItemKind;
use crate::parse::flow::RawFlow;
use crate::value::{Configurable, Proxy, UnitKind};

use super::super::{Flow, FlowId, FromPort, Id, Item, Line, ProductId, UnitId};
use super::{Owner, Resolver};

/// What holds for the flows of a product that say nothing else.
#[derive(Clone, Copy)]
pub(super) struct FlowDefaults {
    pub(super) configurable: Option<Configurable>,
    pub(super) proxy: Option<Proxy>,
}

impl Resolver<'_> {
    /// What can't be changed has no setting that changes it.
    fn refuse_setting_of_fixed(&mut self, raw: &RawFlow, defaults: FlowDefaults) {
        let Some(setting) = &raw.setting else { return };
        if raw.configurable.or(defaults.configurable) != Some(Configurable::Fixed) {
            return;
        }
        self.error(
            Code::WrongType,
            setting.span,
            format!("the port of `{}` is fixed, and `{}` is the setting that changes it", raw.id.value, setting.value),
            "write `configurable: changeable` in the flow, or remove the setting",
        );
    }

    pub(super) fn flow(&mut self, (product, defaults): (ProductId, FlowDefaults), raw: RawFlow) -> FlowId {
        let id = FlowId::from_index(self.model.flows.len());
        let prefix = self.prefix(Some(product), ItemKind::Flow, &raw.id.value);
        let owner = Owner { product: Some(product), flow: Some(id), item: Item::Flow(id), prefix: &prefix };
        let (from, to) = self.ends(product, &raw);
        self.refuse_setting_of_fixed(&raw, defaults);
        let when = self.condition(Some(product), raw.when.as_ref());
        let lines = self.lines(&raw.lines, &when);
        let cites = self.cites(product, &raw);
        let purpose = if let Some(text) = raw.purpose {
            Some(self.unit(owner, "purpose", UnitKind::Paragraph, Some(text)))
        } else {
            let has_unknown = raw.lines.len() > lines.len()
                || raw.lines.iter().zip(&lines).any(|(raw, line)| line.services.len() < raw.services.len());
            self.service_purpose(owner, &lines, raw.lacks_purpose || has_unknown)
        };
        self.meta(Item::Flow(id), &raw.meta);
        self.model.flows.push(Flow {
            product,
            span: raw.id.span,
            id: raw.id.value,
            from,
            to,
            between: raw.between.is_some(),
            verdict: raw.verdict,
            lines,
            from_ports: raw
                .from_ports
                .iter()
                .map(|from| FromPort { transport: from.transport, port: from.port })
                .collect(),
            need: raw.need,
            when,
            scope: raw.scope,
            configurable: raw.configurable.or(defaults.configurable),
            setting: raw.setting.map(|setting| setting.value),
            proxy: raw.proxy.or(defaults.proxy),
            standing: raw.standing,
            since: raw.since.map(|version| version.value),
            until: raw.until.map(|version| version.value),
            purpose,
            inferred: raw.inferred,
            cites,
        });
        id
    }

    /// The purpose all lines share through their service. What could not be read may have had one:
    /// an empty unit keeps the checks from missing it.
    fn service_purpose(&mut self, owner: Owner<'_>, lines: &[Line], is_damaged: bool) -> Option<UnitId> {
        let shared = match lines.split_first() {
            // Two protocols on one port may serve two purposes.
            Some((first, rest)) if rest.iter().all(|line| line.services == first.services) => match *first.services {
                [only] => self.model[only].purpose,
                _ => None,
            },
            _ => None,
        };
        if shared.is_some() {
            return shared;
        }
        is_damaged.then(|| self.unit(owner, "purpose", UnitKind::Paragraph, None))
    }
}
