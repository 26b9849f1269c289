//! A line of `ports:` as pages show it, with the way to the page of its port.

use serde::Serialize;

use crate::model::{Line, PageRoute, PortRange, Reached};
use crate::render::prose::Place;

/// A line of `ports:`.
#[derive(Serialize)]
pub(super) struct LineView {
    /// The port, or the name of a protocol that has none.
    pub(super) port: String,
    /// Its page, where it has one.
    pub(super) href: Option<String>,
    pub(super) protocol: String,
    /// When it is this port, where that hangs on a choice.
    pub(super) condition: Option<String>,
}

impl Place<'_> {
    /// The lines of `ports:`.
    pub(super) fn lines<'l>(self, lines: impl IntoIterator<Item = &'l Line>) -> Vec<LineView> {
        let view = |line: &Line| LineView {
            port: self.voice.traffic(line.traffic),
            href: self.reached_href(line.reached()),
            protocol: self.voice.protocol(line),
            condition: self.voice.condition(&line.when),
        };
        lines.into_iter().map(view).collect()
    }

    /// The page of a port, a range or a protocol without ports.
    pub(super) fn reached_href(self, reached: Reached) -> Option<String> {
        let page = match reached {
            Reached::Port(port) => PageRoute::Port(PortRange::of(port)?),
            Reached::Protocol(protocol) => PageRoute::Protocol(protocol),
        };
        Some(self.hrefs.to(self.locale, page))
    }
}
