//! Flows that say the same thing twice.

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Flow, Item, lines_overlap, same_facts};
use crate::site::Site;
use crate::words::fold;

pub(super) fn check(site: &Site, findings: &mut Findings<'_>) {
    let model = &site.model;
    for product in &model.products {
        for (position, second) in product.flows.iter().enumerate() {
            for first in &product.flows[..position] {
                let (a, b) = (&model[*first], &model[*second]);
                let items = [Item::Flow(*first), Item::Flow(*second)];
                if same_facts(a, b) && same_purpose(site, a.purpose, b.purpose) {
                    findings.add(
                        &items,
                        Diagnostic::error(
                            Code::DuplicateFlow,
                            format!("`{}` and `{}` are the same in every fact", a.id, b.id),
                        )
                        .at(b.span)
                        .label(a.span, "the same connection")
                        .help(how_to_join(a, b)),
                    );
                } else if let Some((x, y)) = lines_overlap(a, b) {
                    findings.add(
                        &items,
                        Diagnostic::error(
                            Code::OverlappingPorts,
                            format!("port {} of `{}` and {} of `{}` overlap", y.port, b.id, x.port, a.id),
                        )
                        .at(y.span)
                        .label(x.span, "the other one, between the same ends")
                        .help("narrow the range, add a condition that parts the two, or `allow` it with the reason"),
                    );
                }
            }
        }
    }
}

/// A flow counts the rows of one source.
fn how_to_join(a: &Flow, b: &Flow) -> &'static str {
    if a.source != b.source && !a.rows.is_empty() && !b.rows.is_empty() {
        return "each covers rows of another source, and a flow has one: say in their purposes what tells them apart, or keep both and `allow` this on one, with the reason";
    }
    "write it once, with the rows of both"
}

/// One connection may be listed for two purposes; the source text tells them apart.
fn same_purpose(site: &Site, a: crate::model::UnitId, b: crate::model::UnitId) -> bool {
    let source = site.config.locales.source();
    let text = |unit| site.texts.shown(unit, source).map(|shown| fold(&shown.text.written));
    a == b || text(a) == text(b)
}
