//! A line of `ports:` as pages show it, with the way to the page of its port.

use serde::Serialize;

use crate::model::{FlowId, PageRoute, PortRange};
use crate::render::prose::Place;
use crate::value::{Port, Traffic};

/// A line of `ports:`.
#[derive(Serialize)]
pub(super) struct LineView {
    pub(super) port: String,
    /// The page of the port, where it has one.
    pub(super) href: Option<String>,
    pub(super) protocol: String,
}

impl Place<'_> {
    /// The lines of `ports:`.
    pub(super) fn lines(self, id: FlowId) -> Vec<LineView> {
        let lines = self.site.model[id].lines.iter();
        let view = |line: &crate::model::Line| {
            let Traffic::Ports { port, .. } = line.traffic;
            LineView { port: self.voice.port(port), href: self.port_href(port), protocol: self.voice.protocol(line) }
        };
        lines.map(view).collect()
    }

    /// The page of a port or range.
    pub(super) fn port_href(self, port: Port) -> Option<String> {
        Some(self.hrefs.to(self.locale, PageRoute::Port(PortRange::of(port)?)))
    }
}
