### Interface text.

locale-name = English
choose-language = Choose a language
skip-to-content = Skip to content
site-menu = Site
language-menu = Language
breadcrumb = You are here
on-this-page = On this page

home-intro = Which connections a product needs, which side opens them, and when they are needed: one table per product, the same facts in every language.
products = Products
versions = Versions: { $versions }
pages = Guides
glossary = Glossary
glossary-intro = Terms used on these pages.
glossary-ui = A label in the vendor’s console, as published.

options = What the requirements depend on
option-when = Only when { $condition }
option-default = Default: { $choices }
option-switch = Can be enabled or disabled; counts as { $state } unless you choose otherwise.
option-switch-default = Can be enabled or disabled; the default is { $state }.
flows = Connections
flows-opened-by = Opened by { $component }
flows-empty = No connection is recorded.
flows-count = { $count ->
    [one] { $count } connection
   *[other] { $count } connections
  }
# In place of a table, where all that there is stands apart.
flows-only-apart = Only the connections listed further below.
flows-opened-by-any = Opened by anyone
flows-opener-unstated = Opener not stated by the source
# $component: two components.
flows-blocked = Must be blocked
flows-blocked-intro = { $count ->
    [one] One connection must not be possible.
   *[other] { $count } connections must not be possible.
}
outbound-between = Connections that either end may open are listed under Inbound.
column-number = Number and service
# Connections that no client opens, counted apart from the others.
flows-internal = Internal: no connections from clients
flows-internal-intro = { $count ->
    [one] { $count } connection is used inside a component. No client connects to its port.
   *[other] { $count } connections are used inside a component. No client connects to their ports.
  }
flows-loopback = Within one computer
flows-loopback-intro = { $count ->
    [one] { $count } connection stays within one computer. It needs no rule on the network.
   *[other] { $count } connections stay within one computer. They need no rule on the network.
  }
column-from = Source
column-to = Destination
column-ports = Port
column-protocol = Protocol
column-addresses = Addresses
column-purpose = Purpose and conditions
only-when = Only when { $condition }
addresses-from = Connects from
alternatives = Alternatives
alternatives-intro = Each source needs one of the connections in a group; a source that opens only one of them needs that one.
scenarios = Scenarios
scenario-choices = Choices
# $option: the label of an option. $choices: its choices, joined by "or".
scenario-choice = { $option }: { $choices }
scenario-without = Without { $components }
scenario-benefits = Benefits
scenario-drawbacks = Drawbacks
scenario-needed = Needed connections and alternatives
scenario-depends = Depends on choices that the scenario leaves open
scenario-none = No connection is needed.
components = Components
component-examples = For example, { $examples }
runs-on = Runs on
machine = Machine
machine-parts = On this machine
machine-intro = This page also lists the connections of everything that runs on this machine.
# One end of a connection on the page of a machine. $component: what runs on the machine.
end-on-machine = { $component } on this machine
scenario-of-machine = Only the connections of this machine and of everything that runs on it are shown.
inbound = Inbound
inbound-empty = No connection to this component is recorded.
outbound = Outbound
outbound-empty = No connection from this component is recorded.
notes = Notes
sources = Sources
source-read = Read on { $date }
source-as-of = Information as of { $date }
source-not-read = Cited by another source; not evaluated here
not-translated = This text has not been translated yet; it is shown in the language in which it was written.
not-accepted = This translation has not been compared with the original text yet.
outdated = The original text has changed since this translation was compared with it.

not-found-title = Page not found
not-found-text = There is no page at this address. It may have been renamed; the home page lists everything.
back-home = Go to the home page

ports = Ports
ports-intro = Every port number in any product, and the connections that use it.
port-title = Port { $port }
port-intro = Every connection to port { $port }, in any product.
port-range-title = Ports { $port }
port-range-intro = Every connection to the port range { $port }, in any product.
# $protocol: name of a protocol without ports. $number: its number.
protocol-intro = Every connection that uses { $protocol }, in any product. It runs on IP without ports; firewalls know it as protocol { $number }.
protocol-uses = Connections with this protocol
ports-protocols = Protocols without ports
ports-in-product = Ports of this product
port-uses = Connections to this port
port-uses-range = Connections to a range that contains it
port-range-uses = Connections to this port range
port-range-uses-overlapping = Connections to ports that overlap with this range
port-uses-any = Connections to every port
# A number that no table has, and what was looked through for it.
port-absent = No table lists port { $port } explicitly.
port-checked = Checked: { $flows ->
    [one] { $flows } connection
   *[other] { $flows } connections
  } in { $products ->
    [one] { $products } product
   *[other] { $products } products
  }, including port ranges.
# Above rows for every port.
port-every = These connections to every port include this one:
# Label of a field for a number.
port-find = Find rows by port number
# Where the rows of other pages could not be read: a copy on a disk, or without a connection.
port-unread = Its rows stand on the pages that are linked here. They could not be loaded into this one, which browsers allow only with a web server.
# $address: an address; $block: the subnet it is in.
address-in = { $address } is in { $block }.
source-only = Source only: nothing connects to this address.
# $addresses: addresses and names of hosts that no table has, joined by “or”.
address-absent = No table lists { $addresses }.
address-checked = Checked: { $flows ->
    [one] { $flows } connection
   *[other] { $flows } connections
  } in { $products ->
    [one] { $products } product
   *[other] { $products } products
  }, including subnets. The tables do not list the addresses of your own systems or addresses that are not published.
ports-random = Ports chosen at random
ports-configured = Ports set on your own server
column-port = Port
column-products = Products
hosts = Hosts
hosts-intro = Every host name and address that a rule may need to name.
domain-intro = Hosts under { $domain } and the connections that use them.
hosts-subnets = Subnets
hosts-addresses = IP addresses
hosts-templates = Addresses with placeholders
hosts-empty = No address is published.
folded-intro = There are too many connections to list on one page. They belong to these products:
folded-count = { $count ->
    [one] { $count } connection
   *[other] { $count } connections
  }
moved-title = This page has moved
moved-text = It is now at a different address.
column-product = Product
# What a row is for.
purpose = Purpose
column-condition = Condition
# Marks of a row, such as that its source does not state something.
column-remarks = Marks
column-host = Host
column-address = Address
# Whether connections lead to an address or come from it.
column-direction = Role
direction-source-only = Source only
# Below the head "Proxy", in few words.
proxy-yes = Yes
column-versions = Versions
# Above dates.
column-read = Source read on
row-cited = Source page, row { $rows }
rows-cited = Source page, rows { $rows }
# Rows of a page whose tables have names, or of several pages. $place: a table, a page, or both.
row-cited-in = { $place }, row { $rows }
rows-cited-in = { $place }, rows { $rows }
# $table: what the page calls one of its tables; $source: title of the page.
cited-table = { $table }
cited-source = { $source }
cited-table-of = { $source }, { $table }
row-range = { $first }–{ $last }
source-table = Table “{ $table }”: { $count ->
    [one] { $count } row
   *[other] { $count } rows
  }
# $rows: numbers of rows on the page from which the facts were read.
source-skipped = Rows not listed here: { $rows }
source-skipped-in = Rows of the table “{ $table }” not listed here: { $rows }
download-csv = Table as CSV
# $format: name of the format of the file.
download-rules = Firewall rules: { $format }
# Parts the columns of a CSV: one character, the one that spreadsheets of this language expect.
csv-separator = { "," }
download-twin = This page as Markdown
# On the page of a component: the page of its product.
download-twin-of = { $product } as Markdown
edit-page = Edit the source of this page
made-with = Made with rutter
scheme-light = Switch to light mode
scheme-dark = Switch to dark mode
zone = Zone
copy = Copy { $text }
copied = { $text } copied
# Above the text, which stands there selected.
copy-failed = { $text } could not be copied. Please copy the text yourself:
close = Close
alternative = One of several alternatives is enough
# One of several ways, where a way is several connections or the source prefers one. $count: how many ways.
# $with: what else belongs to this way. $others: what the other ways ask for. $preferred: "yes" or "no".
way-with =
    { $preferred ->
        [yes] One of { $count } ways is enough, preferably this connection with { $with }, otherwise { $others }
       *[no] One of { $count } ways is enough: this connection with { $with }, or { $others } instead
    }
way-alone =
    { $preferred ->
        [yes] One of { $count } ways is enough, preferably this connection, otherwise { $others }
       *[no] One of { $count } ways is enough: this connection, or { $others } instead
    }
# A connection of another way, to another destination. $ports: "443/TCP". $to: who listens.
way-elsewhere = { $ports } to { $to }
# Behind a way that the source prefers, in a list.
way-preferred = { " (preferred)" }
# Above the connections of one way.
way-together = All of these together
# In place of `alternatives-intro`, where some way is several connections.
alternatives-ways = Each source needs one of the ways in a group, with all its connections that are listed together; a source that opens connections of only one way needs these.
# Behind the sign of a way, beside lines of a diagram.
alternative-way = One of several ways is enough, with all connections of the same sign
# In place of `diagram-choice`, where some way is several connections.
diagram-choice-ways = Hollow arrowheads: not everything is needed; one of the ports joined by “or”, or one of the connections or ways with the same number, is enough.
diagram-ways = ◇ with a number and a letter: of the ways with the same number each source needs one, with all its connections that have the same letter.
scenario-default = { $choice } (default)
# A switch that neither the scenario nor the content mentions.
scenario-not-chosen = { $choice } (not chosen)
status = Translation status
status-intro = Every text is written in one language first. A translation counts as current once a person has compared it with the original, as long as neither has changed since.
status-scope = Part of the site
status-current = Current
status-not-accepted = To be compared
status-missing = Missing
status-all = Total
status-common = Shared vocabulary
status-interface = Interface text
status-despite =
    { $count ->
        [one] One translation was confirmed as current despite a warning of the check.
       *[other] { $count } translations were confirmed as current despite warnings of the check.
    }
status-open = Open
status-nothing-open = Nothing is open.
status-draft = A draft: it need not be complete.
status-one-language = This site has one language.
status-why-missing = Not translated yet
status-why-new = New, not compared yet
status-why-source = The original has changed
status-why-translation = The translation has changed
status-why-both = Both texts have changed
status-names = Names in it that have changed:
search = Search
search-intro = Type a port, a host, an address, a component, or words from a text.
search-placeholder = 443, udp 514
# Above questions that can be asked.
search-examples = Examples
search-failed = The search could not be loaded. Look here instead:
search-without-scripts = The search needs JavaScript. Without it, these pages list everything:
search-partial = some of the words
# Beside a row that is found by a port because it is for every port.
search-every = for every port
# Of a pasted line of a log, what of it stands in tables. $list: addresses and ports.
search-found = Found in the tables: { $list }.
search-others = In other languages:
search-all = Show all results
search-more = Show more results
search-kind-flow = Connection
search-kind-component = Component
search-kind-port = Port
search-kind-domain = Hosts
search-kind-term = Term
search-kind-product = Product
search-kind-scenario = Scenario
search-kind-option = Option
search-kind-protocol = Protocol
search-kind-page = Text
# $count: how many; $number: where the number stands, which the reader’s browser fills in.
search-count = { $count ->
    [0] No results
    [one] { $number } result
   *[other] { $number } results
  }
search-partly = { $count ->
    [one] No entry contains all of the words; { $number } contains some of them.
   *[other] No entry contains all of the words; { $number } contain some of them.
  }
# Words a search does not insist on, parted by spaces.
search-optional-words = a an and are at by can do does for from how i in is it must need needed needs of on or port ports required should that the to use used uses what when where which who with
# Words that lines of logs have before the port or the address of each end, and the word for a port, parted by spaces; never shown.
search-source-words = source
search-destination-words = destination
search-port-words = port
# Words by which a search finds connections within one computer, parted by spaces; never shown.
search-loopback-words = loopback localhost
# What a protocol without ports is looked for by, beside its name; shown nowhere. $number: its number.
search-protocol-words = protocol { $number }, IP { $number }, proto { $number }
# What the echo messages of ICMP are looked for by; shown nowhere.
search-echo-words = ping
# Beside a row that was found. $options: names of options.
search-addresses-depend = Addresses depend on: { $options }
# $port: a number; $range: the range that contains it, as 11000–11999.
port-in = Port { $port } is in the range { $range }.
# A block of addresses and when it is used: 192.0.2.0/24 (Region: Germany).
address-when = { $address } ({ $condition })

## Diagrams

diagram = Diagram
diagram-of-product = Connections of { $name }
diagram-of-component = Connections to and from { $name }
diagram-of-scenario = Connections in the scenario “{ $name }”
diagram-arrows = Arrows point from the side that opens the connection to the side that listens.
diagram-ports-within = Ports below a single name: it listens on them for every line that arrives there.
diagram-bracket = Bracket beside a list: the line applies to every row, with the ports in that row.
diagram-within = ↻ before ports: used within the box only; no line arrives there.
diagram-dashed = Dashed lines: needed only under the condition whose letter stands beside the port.
diagram-lettered = A letter behind ports: what stands below beside the same letter applies to all that share one “/TCP” or “/UDP”.
diagram-dotted = Dotted lines: the connection stays within one computer and does not cross the network.
diagram-blocked = Cross in place of an arrowhead: must be blocked.
diagram-anyone = Box with round ends: anyone at all.
diagram-internal = Dash-dotted lines: used inside the component; no client connects.
diagram-choice = Hollow arrowheads: not everything is needed; one of the ports joined by “or”, or one of the connections with the same sign, is enough.
diagram-alternatives = ◇ with a number: each source needs one of the connections with the same number.
# Stands before that number.
diagram-sign = ◇
diagram-chosen = Heavy lines: needed in this scenario.
diagram-absent = Thin lines without ports: not needed in this scenario.
diagram-on = Heavy lines: needed with your choices.
diagram-off = Faint lines and crossed-out ports: not needed with your choices.
diagram-wall = Row of bricks: the boundary between two zones, where a firewall stands.
diagram-zone-unknown = Location not stated
diagram-too-large = There are too many components here for a legible diagram; the tables list every connection.
diagram-separator = { ", " }
diagram-in-words = The diagram in words
# One line of the list in words, below the name of its source. $ports: ports with their transports.
diagram-connection = → { $to }: { $ports }
# Such an entry with what is to be known of the connection. $remark: a mark of a row.
diagram-remark = { $connection } ({ $remark })
# Behind the name of a source in that list: where it is.
diagram-zone = ({ $zone })
matrix = As a table
matrix-caption = Each column is a source, each row a destination. A port number without a protocol means TCP.
diagram-as-svg = Diagram as SVG
diagram-as-mermaid = Diagram as Mermaid text
