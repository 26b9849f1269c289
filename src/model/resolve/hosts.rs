//! `hosts:` and `from-hosts:` as written → [`Hosts`]: lists and groups are expanded in place.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::item::ItemKind;
use crate::parse::address::{RawHost, RawHosts};
use crate::parse::common::RawAddressList;
use crate::span::Spanned;
use crate::value::Side;

use super::super::{Address, CitedId, ComponentId, Condition, Hosts, HostsKind, Item, ProductId, Who, ZoneId};
use super::Resolver;

/// Lists inside lists; deeper is a circle.
const DEEPEST_LIST: usize = 8;

/// What an expansion collects.
#[derive(Default)]
struct Expansion {
    list: Vec<Address>,
    source: Option<CitedId>,
    has_see: bool,
}

impl Resolver<'_> {
    /// Resolves one end's addresses. Absent: the reader's own machine where the end stands inside
    /// or nowhere in particular, unknown where it stands outside.
    pub(super) fn hosts(&mut self, product: ProductId, who: &Who, raw: Option<&RawHosts>) -> Hosts {
        let plain = |kind| Hosts { kind, list: Vec::new(), source: None };
        let hosts = match raw {
            None => return plain(self.absent_hosts(product, who)),
            Some(RawHosts::Own) => return plain(HostsKind::Own),
            Some(RawHosts::Any) => return plain(HostsKind::Any),
            Some(RawHosts::Unpublished) => return plain(HostsKind::Unpublished),
            Some(RawHosts::Unknown) => return plain(HostsKind::Unknown),
            Some(RawHosts::List(hosts)) => hosts,
        };
        let mut expansion = Expansion::default();
        self.expand_hosts(product, hosts, &Condition::always(), &mut expansion, 0);
        let is_see = expansion.has_see && expansion.list.is_empty();
        Hosts {
            kind: if is_see { HostsKind::See } else { HostsKind::List },
            list: expansion.list,
            source: expansion.source,
        }
    }

    fn absent_hosts(&self, product: ProductId, who: &Who) -> HostsKind {
        let ends = match who {
            Who::Parties(ends) => ends,
            Who::Any => return HostsKind::Any,
            Who::Unstated => return HostsKind::Unknown,
        };
        let is_outside = |zone: ZoneId| self.model[zone].side == Side::Outside;
        let stands_outside = ends.iter().any(|end| self.zone_of(product, *end).is_some_and(is_outside));
        if stands_outside { HostsKind::Unknown } else { HostsKind::Own }
    }

    /// Where a component stands in a product: as common says, else as the product adds.
    fn zone_of(&self, product: ProductId, component: ComponentId) -> Option<ZoneId> {
        let member = self.model.member(product, component).and_then(|member| member.zone);
        member.or(self.model[component].zone)
    }

    fn expand_hosts(
        &mut self,
        product: ProductId,
        hosts: &[RawHost],
        when: &Condition,
        out: &mut Expansion,
        depth: usize,
    ) {
        for host in hosts {
            match host {
                RawHost::Address(kind, text) => {
                    out.list.push(Address {
                        text: text.value.clone(),
                        kind: *kind,
                        when: when.clone(),
                        span: text.span,
                    });
                }
                RawHost::See(source) => {
                    out.source = self.source(product, source).or(out.source);
                    out.has_see = true;
                }
                RawHost::List(name) => self.expand_list(product, name, when, out, depth),
                RawHost::Group { when: raw, hosts } => {
                    let group = self.condition(Some(product), Some(raw));
                    let both = when.and(&group);
                    if both.is_never() && !group.is_never() && !when.is_never() {
                        let span = raw.first().and_then(|case| case.first()).map(|(option, _)| option.span);
                        let diagnostic = Diagnostic::error(
                            Code::NeverHolds,
                            "the condition of this group can never hold inside the group around it",
                        );
                        self.report.add(
                            Diagnostic { span, ..diagnostic }
                                .help("the two exclude each other; move the addresses out"),
                        );
                    }
                    self.expand_hosts(product, hosts, &both, out, depth);
                }
            }
        }
    }

    fn expand_list(
        &mut self,
        product: ProductId,
        name: &Spanned<String>,
        when: &Condition,
        out: &mut Expansion,
        depth: usize,
    ) {
        let Some(position) = self.ids.find_list(Some(product), &name.value) else {
            let diagnostic = self.ids.unknown_list(Some(product), name);
            self.report.add(diagnostic);
            return;
        };
        if depth == DEEPEST_LIST {
            self.error(
                Code::UnknownList,
                name.span,
                format!("the address list `{}` holds itself", name.value),
                "remove the circle",
            );
            return;
        }
        self.uses.add(Item::List(position as u32), name.span);
        self.model.lists[position].is_used = true;
        let hosts = self.lists[position].hosts.clone();
        if let Some(source) = self.lists[position].source.clone() {
            out.source = self.source(product, &source).or(out.source);
        }
        self.expand_hosts(product, &hosts, when, out, depth + 1);
    }

    /// Names in lists that no flow uses lead somewhere too; what is wrong in them nobody meets.
    pub(super) fn note_unused_lists(&mut self) {
        let mut unheard = Report::default();
        std::mem::swap(self.report, &mut unheard);
        let unused: Vec<_> = self.model.lists.iter().map(|list| (list.is_used, list.product)).collect();
        for (position, (_, product)) in unused.into_iter().enumerate().filter(|(_, (is_used, _))| !is_used) {
            let RawAddressList { hosts, source, .. } = self.lists[position].clone();
            if let Some(source) = source {
                self.note_source(product, &source);
            }
            self.note_hosts(product, &hosts);
        }
        std::mem::swap(self.report, &mut unheard);
    }

    fn note_hosts(&mut self, product: Option<ProductId>, hosts: &[RawHost]) {
        for host in hosts {
            match host {
                RawHost::Address(..) => {}
                RawHost::See(source) => self.note_source(product, source),
                RawHost::List(name) => {
                    let list = self.ids.find(ItemKind::AddressList, product, &name.value);
                    self.note_use(list, name);
                }
                RawHost::Group { when, hosts } => {
                    self.plain_condition(product, when);
                    self.note_hosts(product, hosts);
                }
            }
        }
    }

    fn note_source(&mut self, product: Option<ProductId>, name: &Spanned<String>) {
        let source = self.ids.find(ItemKind::Source, product, &name.value);
        self.note_use(source, name);
    }

    pub(super) fn source(&mut self, product: ProductId, name: &Spanned<String>) -> Option<CitedId> {
        let found = self.ids.sources.find(Some(product), &name.value);
        self.note_use(found.map(Item::Source), name);
        if found.is_none() {
            let diagnostic = self.ids.sources.unknown(Code::UnknownSource, ItemKind::Source, Some(product), name);
            self.report.add(diagnostic);
        }
        found
    }
}
