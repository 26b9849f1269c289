//! What an address is.

/// What an address is, in the data files' words.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum AddressKind {
    /// A host name, perhaps with `*.` in front.
    Host,
    /// A name with a path.
    Url,
    /// One IP address.
    Ip,
    /// A block of addresses.
    Cidr,
    /// With `{to}` or `{ip}` in it: shown, never exported.
    Template,
}

impl AddressKind {
    /// As the data files write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Url => "url",
            Self::Ip => "ip",
            Self::Cidr => "cidr",
            Self::Template => "template",
        }
    }
}
