//! `services.json`: application protocols.

use schemars::JsonSchema;
use serde::Serialize;

use super::{SCHEMA, Texts, maybe_texts, texts};
use crate::model::{Service, ServiceId, ids};
use crate::render::Task;
use crate::value::Entry;

/// Application protocols.
#[derive(Serialize, JsonSchema)]
pub(super) struct Services {
    /// Version of this format.
    schema: u32,
    /// Every protocol.
    services: Vec<ServiceEntry>,
}

/// An application protocol.
#[derive(Serialize, JsonSchema)]
struct ServiceEntry {
    /// Its id.
    id: String,
    /// Its name.
    name: Texts,
    /// Its well-known ports.
    ports: Vec<PortEntry>,
    /// What it is for, null where nothing is said.
    purpose: Option<Texts>,
}

/// A port with its transport.
#[derive(Serialize, JsonSchema)]
struct PortEntry {
    /// The number; null for a protocol without ports.
    port: Option<String>,
    /// As in `flows.json`.
    transport: String,
}

pub(super) fn services(task: Task<'_>) -> Services {
    Services {
        schema: SCHEMA,
        services: ids::<ServiceId>(task.site().model.services.len())
            .map(|id| service(task, &task.site().model[id]))
            .collect(),
    }
}

fn service(task: Task<'_>, service: &Service) -> ServiceEntry {
    let port =
        |entry: &Entry| PortEntry { port: entry.port().map(|port| port.to_string()), transport: entry.carrier() };
    let ports = service.ports.iter().map(port);
    ServiceEntry {
        id: service.id.clone(),
        name: texts(task, service.name),
        ports: ports.collect(),
        purpose: maybe_texts(task, service.purpose),
    }
}
