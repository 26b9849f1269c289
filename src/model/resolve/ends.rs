//! Who opens a flow and who listens, as written → [`End`].

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::address::RawHosts;
use crate::parse::flow::RawFlow;
use crate::parse::opener::RawWho;
use crate::value::{Inferred, Nobody, Scope};

use super::super::{End, ProductId, Who};
use super::Resolver;

impl Resolver<'_> {
    /// Both ends, the opener first.
    pub(super) fn ends(&mut self, product: ProductId, raw: &RawFlow) -> (End, End) {
        if let Some(between) = &raw.between {
            let both = self.components_of(product, &between.parties);
            if raw.inferred.contains(&Inferred::From) {
                self.error(
                    Code::WrongType,
                    between.span,
                    format!(
                        "`between` says of `{}` that either end may open it, and `inferred` that one was concluded",
                        raw.id.value
                    ),
                    "remove `from` from `inferred`, or write `from` and `to`",
                );
            }
            let who = Who::Parties(both);
            let (from, to) = (self.hosts(product, &who, None), self.hosts(product, &who, None));
            return (End { who: who.clone(), hosts: from }, End { who, hosts: to });
        }
        let to = self.who(product, &raw.to);
        let from = match &raw.from {
            RawWho::Parties(parties) if parties.is_empty() => self.missing_opener(raw, &to),
            RawWho::Parties(_) | RawWho::Nobody(_) => self.who(product, &raw.from),
        };
        self.refuse_hosts_of_nobody(&to, raw.hosts.as_ref(), "hosts", raw);
        self.refuse_hosts_of_nobody(&from, raw.from_hosts.as_ref(), "from-hosts", raw);
        let to_hosts = self.hosts(product, &to, raw.hosts.as_ref());
        let from_hosts = self.hosts(product, &from, raw.from_hosts.as_ref());
        (End { who: from, hosts: from_hosts }, End { who: to, hosts: to_hosts })
    }

    fn who(&mut self, product: ProductId, raw: &RawWho) -> Who {
        match raw {
            RawWho::Parties(parties) => Who::Parties(self.components_of(product, parties)),
            RawWho::Nobody(Nobody::Any) => Who::Any,
            RawWho::Nobody(Nobody::Unstated) => Who::Unstated,
        }
    }

    /// Whatever opens what is used inside a component is that component.
    fn missing_opener(&mut self, raw: &RawFlow, to: &Who) -> Who {
        if raw.scope != Scope::Internal && !raw.lacks_from {
            self.report.add(
                Diagnostic::error(Code::MissingFrom, format!("the flow `{}` does not say who opens it", raw.id.value))
                    .at(raw.id.span)
                    .help("add `from:`; write `unstated` where the source does not say, or the component it surely is and `inferred: [from]`"),
            );
        }
        to.clone()
    }

    /// Addresses are those of somebody.
    fn refuse_hosts_of_nobody(&mut self, who: &Who, hosts: Option<&RawHosts>, key: &str, raw: &RawFlow) {
        let (word, help) = match who {
            Who::Parties(_) => return,
            Who::Any => ("any", "remove the addresses, or name the component that has them"),
            Who::Unstated => {
                ("unstated", "remove the addresses, or name the component that has them and add it to `inferred`")
            }
        };
        if hosts.is_some() {
            self.error(
                Code::WrongType,
                raw.id.span,
                format!("the flow `{}` gives `{key}` to an end that is `{word}`", raw.id.value),
                help,
            );
        }
    }
}
