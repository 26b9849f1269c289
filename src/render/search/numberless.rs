//! Rows without a number of their own: to every port, and to one that is chosen at random out of a range.
//! No token finds them by a number, so that the client is told which they are.

use serde_json::{Value, json};

use super::subject::Subject;
use crate::model::{FlowId, Model};
use crate::value::{Port, Traffic};

/// `[[first, last, transport, documents]]`; every port is 1–65535.
pub(super) fn rows(model: &Model, subjects: &[Subject]) -> Value {
    let mut rows: Vec<(u16, u16, &'static str, Vec<u32>)> = Vec::new();
    let documents = (0..).zip(subjects).filter_map(|(document, subject)| match subject {
        Subject::Flow(flow) => Some((document, *flow)),
        _ => None,
    });
    for (document, flow) in documents.filter(|(_, flow)| is_numberless(model, *flow)) {
        for line in &model[flow].lines {
            let Traffic::Ports { port, over } = line.traffic else { continue };
            let Some((first, last)) = numbers(port) else { continue };
            for transport in over.transports() {
                let transport = transport.as_str();
                match rows.iter_mut().find(|row| (row.0, row.1, row.2) == (first, last, transport)) {
                    Some((.., documents)) if documents.last() != Some(&document) => documents.push(document),
                    Some(_) => {}
                    None => rows.push((first, last, transport, vec![document])),
                }
            }
        }
    }
    json!(rows)
}

fn is_numberless(model: &Model, flow: FlowId) -> bool {
    let views = &model.views;
    views.any.contains(&flow) || views.random.contains(&flow)
}

fn numbers(port: Port) -> Option<(u16, u16)> {
    match port {
        Port::Any => Some((1, u16::MAX)),
        Port::Random(first, last) => Some((first, last)),
        Port::Number(_) | Port::Range(..) | Port::Configured => None,
    }
}
