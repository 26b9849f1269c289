//! `from-ports:` of a flow: the ports from which it is opened, at most one for each transport.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::parse::yaml::Node;
use crate::span::Span;
use crate::value::{Port, Transport};

use super::{RawLine, RawPort, RawTraffic, as_lines, parse_line};

/// The port from which a transport is opened.
#[derive(Clone, Copy, Debug)]
pub struct RawFromPort {
    /// The transport.
    pub transport: Transport,
    /// The port.
    pub port: Port,
    /// Where it is written.
    pub span: Span,
}

/// Reads the ports from which a flow is opened; `lines` are what it opens.
pub fn parse_from_ports(node: &Node, lines: &[RawLine], report: &mut Report) -> Vec<RawFromPort> {
    let mut ports: Vec<RawFromPort> = Vec::new();
    for line in as_lines("`from-ports`", node, report) {
        let Some(line) = parse_line(&line, report) else { continue };
        let (over, port) = match &line.traffic {
            RawTraffic::Ports { over, port: RawPort::Stated(port) } if line.services.is_empty() => (*over, *port),
            RawTraffic::Ports { .. } | RawTraffic::Bare(_) => {
                report.add(refuse(line.span, "a source port is a port and its transport alone".to_owned()).help(
                    "write PORT/TRANSPORT, for example `500/udp` or `1024-65535/tcp`, without a service or the name of a range",
                ));
                continue;
            }
        };
        for transport in over.transports() {
            let word = transport.as_str();
            if let Some(first) = ports.iter().find(|known| known.transport == *transport) {
                let headline = format!("`{word}` has two source ports");
                report.add(
                    refuse(line.span, headline)
                        .label(first.span, "the first")
                        .help("write one port or one range for each transport; flows that differ in it are two flows"),
                );
            } else if !is_used(lines, *transport) {
                let headline = format!("no line of `ports` uses `{word}`");
                report.add(refuse(line.span, headline).help("correct the transport, or add the line it belongs to"));
            } else {
                ports.push(RawFromPort { transport: *transport, port, span: line.span });
            }
        }
    }
    ports
}

fn is_used(lines: &[RawLine], transport: Transport) -> bool {
    lines.iter().any(|line| match &line.traffic {
        RawTraffic::Ports { over, .. } => over.transports().contains(&transport),
        RawTraffic::Bare(_) => false,
    })
}

fn refuse(span: Span, headline: String) -> Diagnostic {
    Diagnostic::error(Code::PortForm, headline).at(span)
}
