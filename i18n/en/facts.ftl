### Sentences made from facts: everything that can be said from data is said here.

## Lists

list-separator = { ", " }
list-and-pair = { $first } and { $second }
list-and-last = { $rest }, and { $last }
list-or-pair = { $first } or { $second }
list-or-last = { $rest }, or { $last }

## Ports and protocols

transport-tcp = TCP
transport-udp = UDP
transport-sctp = SCTP
transport-dccp = DCCP
transport-both = TCP and UDP
transport-both-short = TCP+UDP
# $service: name of an application protocol. $transport: TCP, UDP, or both.
protocol = { $service } over { $transport }
port-range = { $first }–{ $last }
port-random = random port from { $first }–{ $last }
port-any = any port
port-configured = your configured port
# A protocol without ports. $protocol: its word in the data files. $number: its number.
ip-protocol-name =
    { $protocol ->
        [icmp] ICMP
        [igmp] IGMP
        [ipip] IP-in-IP
        [gre] GRE
        [esp] ESP
        [ah] AH
        [icmpv6] ICMPv6
        [ospf] OSPF
        [vrrp] VRRP
        [l2tp] L2TPv3
       *[other] IP protocol { $number }
    }
# $protocol: ICMP or ICMPv6. $type: the name or the number of the type of its messages.
ip-protocol-with-type = { $protocol } { $type }
ip-protocol-with-type-number = { $protocol } type { $type }
# What a firewall asks for. $number: number of the protocol. $type: number of the type of its messages.
ip-protocol = IP protocol { $number }
ip-protocol-and-type = IP protocol { $number }, type { $type }
ip-protocol-without-ports = without ports
# $service: name of an application protocol. $transport: one of the above.
ip-protocol-with-service = { $service }, { $transport }
# $port: one of the above or a number. $transport: TCP, UDP or TCP+UDP.
port-with-transport = { $port }/{ $transport }
# A connection as a link text. $from and $to: names of components.
flow-name = { $from } → { $to }, { $ports }
# The same without ports.
flow-ends = { $from } → { $to }
# A line of a list. $port: a number, a range, or "any port". $protocol: as above.
port-line = { $port }, { $protocol }
# Before a value in a text without tables. $label: the name of a column.
labeled = { $label }{ ": " }
# A component or a connection, where several products are spoken of.
of-product = { $name } ({ $product })
# In place of components at an end of a connection.
party-any = Any
party-unstated = Not stated
# A connection that either end may open, as a link text. $from and $to: names of components.
flow-name-between = { $from } ↔ { $to }, { $ports }
flow-ends-between = { $from } ↔ { $to }
between = Either end may open the connection
verdict-block = Must be blocked
status-deprecated = Deprecated
status-preview = Preview
# $version: a version of the product.
since = From version { $version }
until = Up to version { $version }
# $ports: ports with their transports, from which the connection is opened.
from-ports = Source port { $ports }
# $setting: a setting as its vendor spells it.
setting = Set with { $setting }
need-one = One of these ports is enough
need-one-line = One of these is enough

## Conditions

# $choice: the label of one choice.
condition-choice = “{ $choice }”
# $option: the label of an option. $choices: its choices, each as above, joined by "or".
condition-option = { $option } is { $choices }
# $option: the label of a switch. $state: "enabled" or "disabled".
condition-switch =
    { $state ->
        [enabled] “{ $option }” is enabled
       *[disabled] “{ $option }” is disabled
    }
condition-and = { " and " }
condition-or = { " or " }
# One of several alternatives, itself of several parts.
condition-group = ({ $case })
choice-enabled = enabled
choice-disabled = disabled

## Addresses

hosts-own = Address of your system
hosts-any = Any
hosts-unpublished = Not published
hosts-unknown = Unknown
# $source: title of the page that lists the addresses.
hosts-see = Listed elsewhere: { $source }
hosts-none-for-choice = No address published for this choice
# In place of a long list of addresses that another row of the page has too. $row: that row.
hosts-as-in = Same addresses as { $row }
# What goes where a template of an address has `{to}` or `{ip}`.
placeholder-server = ‹server name or IP address›
placeholder-ip = ‹IP address›

## Marks

configurable-changeable = Port can be changed
configurable-fixed = Port is fixed
configurable-in-os = Port is set in the operating system
configurable-in-url = Port is set in the URL
proxy-allowed = Proxy can be used
proxy-http = HTTP proxy can be used
proxy-socks = SOCKS proxy can be used
proxy-http-socks = HTTP or SOCKS proxy can be used
proxy-none = Proxy cannot be used
proxy-in-os = Proxy is set in the operating system
scope-internal = Internal: no connections from clients
scope-loopback = Within one computer
# $fields: the inferred fields, joined by "and".
inferred = Inferred: { $fields }
inferred-from = source
inferred-to = destination
inferred-transport = transport
inferred-service = protocol
inferred-hosts = addresses
inferred-hosts-when = address conditions
inferred-when = condition
note-note = Note
note-tip = Tip
note-caution = Caution
# A note that a page has written out already. $label: “Note”, “Tip” or “Caution”. $place: the row or the option where it stands.
note-elsewhere = { $label }: see { $place }
note-above = { $label }: see above
# A note above the tables. $subject: the component it is about.
note-about = { $label }: { $subject }
