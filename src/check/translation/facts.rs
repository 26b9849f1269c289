//! The facts of each product in the forms in which someone might type them into a text.

use std::collections::BTreeSet;

use crate::l10n::Reference;
use crate::model::{Flow, Hosts, Id, Product};
use crate::site::Site;
use crate::value::{Date, Port, Traffic};

/// What no text of a product may repeat.
#[derive(Clone, Debug, Default)]
pub(super) struct ProductFacts {
    /// Numbers of ports, ends of ranges included.
    pub(super) ports: BTreeSet<String>,
    /// Addresses in lower case, and the same without path or prefix length.
    pub(super) hosts: BTreeSet<String>,
    /// Their registrable domains.
    pub(super) domains: BTreeSet<String>,
    /// Versions.
    pub(super) versions: BTreeSet<String>,
    /// Dates of its sources, and those that its texts refer to.
    pub(super) dates: BTreeSet<Date>,
}

impl ProductFacts {
    /// By product, and last what any product has, for texts that belong to none.
    pub(super) fn of_products(site: &Site) -> Vec<Self> {
        let mut list: Vec<Self> = site.model.products.iter().map(|product| Self::of(site, product)).collect();
        for unit in site.texts.units() {
            let Some(product) = unit.product else { continue };
            let texts = site.config.locales.ids().filter_map(|locale| unit.own_text(locale));
            for reference in texts.flat_map(crate::l10n::Text::references) {
                if let Reference::Date(date) = reference {
                    list[product.index()].dates.insert(*date);
                }
            }
        }
        let mut all = Self::default();
        for facts in &list {
            all.ports.extend(facts.ports.iter().cloned());
            all.hosts.extend(facts.hosts.iter().cloned());
            all.domains.extend(facts.domains.iter().cloned());
            all.versions.extend(facts.versions.iter().cloned());
            all.dates.extend(&facts.dates);
        }
        list.push(all);
        list
    }

    fn of(site: &Site, product: &Product) -> Self {
        let mut facts = Self { versions: product.versions.iter().cloned().collect(), ..Self::default() };
        for flow in product.flows.iter().chain(&product.blocked) {
            facts.add_flow(&site.model[*flow]);
        }
        for source in &product.sources {
            let source = &site.model[*source];
            facts.dates.extend(source.read.into_iter().chain(source.as_of));
        }
        facts
    }

    fn add_flow(&mut self, flow: &Flow) {
        for line in &flow.lines {
            let port = match line.traffic {
                Traffic::Ports { port, .. } => port,
                Traffic::Bare(_) => continue,
            };
            match port {
                Port::Number(number) => self.ports.extend([number.to_string()]),
                Port::Range(first, last) | Port::Random(first, last) => {
                    self.ports.extend([first.to_string(), last.to_string()]);
                }
                Port::Any | Port::Configured => {}
            }
        }
        self.add_hosts(&flow.to.hosts);
        self.add_hosts(&flow.from.hosts);
    }

    fn add_hosts(&mut self, hosts: &Hosts) {
        for address in &hosts.list {
            let text = address.text.to_lowercase();
            let bare = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
            let host = bare.split('/').next().unwrap_or(bare).trim_start_matches("*.");
            if host.contains('{') {
                continue;
            }
            self.domains.extend(psl::domain_str(host).map(str::to_owned));
            self.hosts.extend([host.to_owned(), bare.to_owned()]);
        }
    }
}
