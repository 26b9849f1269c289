### Firewall rules made from a selection: what stands in sheets and comments, and why a connection is not in a file.

# In place of a scenario's title, where the reader chose alone.
rules-own = own selection

## Words in the files

# Above the heading of a table or as that of a column.
rules-t-product = Product
rules-t-version = Version
rules-t-scenario = Scenario
# For which machine or gateway the rules are.
rules-t-side = Rules for
# A short code that changes whenever the facts behind the rules change.
rules-t-fingerprint = State of the facts
rules-t-number = No.
rules-t-direction = Direction
rules-t-source = Source
rules-t-source-address = Source address
rules-t-source-port = Source port
rules-t-destination = Destination
rules-t-destination-address = Destination address
rules-t-protocol = Protocol
rules-t-port = Port
rules-t-icmp-type = ICMP type
rules-t-purpose = Purpose
# The id of a connection.
rules-t-connection = Connection
rules-t-reason = Reason
# What of a connection is not in the file: an option, a port, an address, …
rules-t-subject = Affected
rules-t-explanation = What to do
# Directions of a rule, seen from the machine or from the gateway that filters.
rules-t-in = Inbound
rules-t-out = Outbound
rules-t-forward = Forwarded
# In place of an address: the machine that the rules are for.
rules-t-here = this computer
rules-t-any = Any
rules-t-any-port = Any
# Names of the sheets of a workbook, at most 31 characters.
rules-t-sheet-rules = Rules
rules-t-sheet-left = Not included
rules-t-sheet-about = About
# Heading of the list of connections that the file does not allow.
rules-t-not-expressed = Not included:
# Comments above commands.
rules-t-load = Load the file:
rules-t-unload = Remove the rules:
rules-t-jump = Once, from your own chains, which must let established connections through:
# Behind a line in which an example address has to be replaced.
rules-t-fill = replace with your addresses and uncomment
rules-t-csv-separator = { "," }

## Why something is not included

# $what: ids of options, parted by commas.
rules-depends = This depends on options that are undecided ({ $what }): choose on the page or with --choose.
# $what: ids of connections.
rules-one-of = One of several alternatives is enough ({ $what }): choose one on the page or with --pick.
# $what: ports with their transports.
rules-one-line = One of these ports is enough ({ $what }): choose one on the page or with --pick.
rules-loopback = This connection stays within one computer and needs no rule on the network: there is nothing to do.
rules-internal = This port is used inside a component, and no client connects to it: if the computer itself filters, make rules for that computer.
# $what: id of a zone.
rules-same-zone = Source and destination are both in the zone { $what }, so no gateway between zones is involved: if you also filter inside the zone, make rules for gateway-all.
# $what: a range of ports with its transport.
rules-random = The port is chosen at random ({ $what }), and a rule for the whole range would allow too much: set a fixed port if the product has such a setting, and add the rule by hand.
# $what: a transport.
rules-configured = The { $what } port is set on your own server: enter it on the page or with --port.
# $what: ids of components.
rules-unpublished = The addresses of { $what } are not published: find them out and enter them on the page or with --address.
rules-unknown = The documentation does not state the addresses of { $what }: find them out and enter them on the page or with --address.
# $what: id of the source that lists the addresses.
rules-see = The addresses are listed elsewhere (source { $what }): look them up there and enter them on the page or with --address.
rules-none-for-choice = No address of { $what } is published for these choices: check the choices, or enter the addresses on the page or with --address.
# $what: an address with a path.
rules-path = The rule can only contain the host of { $what }, not the path: to allow this path alone, use a filter that inspects URLs.
# $what: a host name.
rules-fqdn = This format cannot contain the host name { $what }: choose another format, or enter the host’s current addresses on the page or with --address.
rules-wild = This format cannot contain the wildcard { $what }: choose another format, or enter the hosts you use on the page or with --address.
# $what: a host name with a path.
rules-url = This format cannot contain the URL { $what }: choose another format, or enter the host’s current addresses on the page or with --address.
# $what: an address or a network.
rules-v4 = This format cannot contain the IPv4 address or subnet { $what }: choose another format for it.
rules-v6 = This format cannot contain the IPv6 address or subnet { $what }: choose another format for it.
# $what: id of a component.
rules-named = The address of { $what } is missing: enter it on the page or with --address.
rules-any = This format cannot allow any address: choose another format, or add the rule by hand.
# $what: a protocol.
rules-any-port = This format cannot allow every { $what } port: choose another format, or add the rule by hand.
rules-proto = This format has no rules for { $what }: choose another format, or add the rule by hand.
# $what: the number that the rule would have.
rules-limit = The rule would be number { $what }, more than this format allows: choose fewer connections, or combine addresses into subnets.
# $what: a protocol.
rules-no-common-family = Source and destination have no IP version in common that suits { $what }: enter addresses of the same IP version for both on the page or with --address.
# $what: in, out or forward.
rules-side = This format has no rules for the direction { $what }: choose another format, or make the rules for the other end.
rules-block = This connection must be blocked: make sure that none of your rules allows it.
# $what: from or to.
rules-unstated = The source does not state one end of this connection ({ $what }): ask the vendor, and add the rule by hand.
# $what: ports with a transport.
rules-source-port = The source port { $what } cannot be written into this rule: choose another format, or add the rule by hand with the port that is really used.
# $what: number of a type of messages.
rules-icmp-type = This format cannot limit ICMP to type { $what }: choose another format, or add the rule by hand.
