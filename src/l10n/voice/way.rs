//! What is said of one of several ways: what belongs to it, and what does in its place.

use super::super::catalog::{Args, args};
use super::{Join, Voice};
use crate::model::{FlowId, Way};

impl Voice<'_> {
    /// "One of 2 ways is enough: this connection with 443/TCP, or 8530/TCP and 8531/TCP instead", beside a flow.
    pub fn way(self, beside: FlowId, way: &Way) -> String {
        let others: Vec<_> = way.others.iter().map(|flows| self.other_way(beside, way, flows)).collect();
        let others = self.list(&others, Join::Or);
        let with = self.flows_beside(beside, &way.with);
        let mut said: Args<'_> = args([
            ("with", with.as_str()),
            ("others", others.as_str()),
            ("preferred", if way.is_preferred { "yes" } else { "no" }),
        ]);
        said.set("count", i64::try_from(way.others.len() + 1).unwrap_or(i64::MAX));
        self.say(if way.with.is_empty() { "way-alone" } else { "way-with" }, &said)
    }

    /// "a and b or c" would leave open what belongs together.
    fn other_way(self, beside: FlowId, way: &Way, flows: &[FlowId]) -> String {
        let phrase = self.flows_beside(beside, flows);
        let is_grouped = way.others.len() > 1 && flows.len() > 1;
        if is_grouped { self.say("condition-group", &args([("case", &phrase)])) } else { phrase }
    }

    /// Those to one destination together. All have an opener in common with the flow beside which they stand,
    /// and where the destination is another it is said.
    fn flows_beside(self, beside: FlowId, flows: &[FlowId]) -> String {
        let model = self.speech.model;
        let ends = |id: FlowId| (model[id].between, &model[id].to.who);
        let phrase = |flows: &[FlowId]| {
            let ports: Vec<_> = flows.iter().map(|flow| self.flow_ports(*flow)).collect();
            let ports = self.list(&ports, Join::And);
            match ends(flows[0]) {
                own if own == ends(beside) => ports,
                (false, to) => self.say("way-elsewhere", &args([("ports", &ports), ("to", &self.who(to))])),
                (true, _) => {
                    let names: Vec<_> = flows.iter().map(|flow| self.flow_name(*flow)).collect();
                    self.list(&names, Join::And)
                }
            }
        };
        let phrases: Vec<_> = flows.chunk_by(|a, b| ends(*a) == ends(*b)).map(phrase).collect();
        self.list(&phrases, Join::And)
    }
}
