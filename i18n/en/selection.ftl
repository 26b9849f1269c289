### The reader’s own rules: what is chosen, what follows from it, and the bar above the table.

environment = Your environment
environment-intro = Set what you know about your environment; the table hides connections that are not needed. Nothing is sent.
# $choice: what holds where nothing is chosen.
choice-default = if not set: { $choice }
choice-open = undecided
options-more = { $n ->
    [one] { $n } more option
   *[other] { $n } more options
  }
preset = Start from a scenario
preset-none = No scenario
# $scenario: title of a scenario whose choices were changed.
preset-changed = { $scenario }, changed
choices-clear = Clear choices
choices-set = { $n } of { $all } set
without = Not part of your environment
copy-link = Copy link
count-in = { $n } needed
count-alternative = { $n ->
    [one] { $n } alternative
   *[other] { $n } alternatives
  }
count-open = { $n } undecided
count-out = { $n } not needed
count-say = { $in ->
    [one] { $in } connection needed, { $alternative } as alternatives, { $open } undecided, { $out } not needed
   *[other] { $in } connections needed, { $alternative } as alternatives, { $open } undecided, { $out } not needed
  }
group-several = Several sources
# $component: who opens; $n: how many connections.
group-all = All { $n } from { $component }
show-out = Show connections that are not needed
why-always = No condition: needed wherever you use the source and the destination
# $options: names of options that are undecided.
why-open = Depends on: { $options }
# $condition: what the reader chose, as far as it decides.
why-in = Needed ({ $condition })
why-out = Not needed ({ $choice })
why-without = Not needed: { $component } is not part of your environment
why-picked = Not needed: you chose another alternative
why-alternative = One of several alternatives is needed wherever you use the source and the destination
why-alternative-in = One of several alternatives is needed ({ $condition })
why-chosen = Needed: you chose this alternative
# A box in the row of a connection that stands for others, which ticking lets go.
way-use = Use this alternative
one-port = One port is enough
filter = Filter
filter-text = Text, port, or host
filter-all = All
filter-none = No connection matches.
filter-clear = Clear filter
# How many rows a filter leaves.
count-shown = { $n } shown
# Rows that "Possible or not stated" hides: a proxy can't be used there.
count-past = { $n } more without proxy only
# The host names of all rows that are shown, as far as the choices leave them.
hosts-copy-all = Copy all host names
# The same, and the file of the selection, while a filter is set.
hosts-copy-shown = Copy host names shown
# What was copied, in the sentence that says so.
hosts-named = { $n ->
    [one] { $n } host name
   *[other] { $n } host names
  }
download-shown = CSV of connections shown
group-by = Group by
group-none = None
view = View
full = Expand all rows
details = Details
proxy = Proxy
proxy-unknown = Not stated
proxy-no = No
# A filter: every row but those that say no.
proxy-may-pass = Possible or not stated
hosts-all = For all
hosts-copy = { $n ->
    [one] Copy { $n } host name
   *[other] Copy { $n } host names
  }
notes-all = For all rows:
note-ref = { $kind } { $n }
note-back = Back to the table
skip-flows = Skip to connections
side-in = Inbound: allow to this computer
side-out = Outbound: allow from this computer
compare = Compare scenarios
# Link beside a table, with the reader’s selection as one of two.
compare-with = Compare
only-in = Only or different in “{ $scenario }” ({ $n })
in-both = Same in both ({ $n })
choices-change = Change choices
request = Firewall change request
request-from = Source address (fill in)
request-to = Destination address (fill in)
request-reason = Reason
request-left-out = { $n ->
    [one] Left out: { $n } connection within one computer
   *[other] Left out: { $n } connections within one computer
  }
download-selection = CSV of this selection
# $id: an id in an address that names nothing on this page.
address-unknown = The link contains items that are not on this page: { $ids }
# Behind a summary that was cut on a small screen.
summary-more = Read more

## Rows

# In the line of a row of which others may stand in the place.
tag-alternative = Alternative
# Above rows. $title: what they are. $n: how many.
# How many rows stand below a head.
group-count = ({ $n })
# The same where a filter or a choice hides some.
group-count-of = ({ $n } of { $all })
title-count = { $title } ({ $n })
sources-read = Source read on { $date }
# A link beside an alternative.
row-go-to = Go to row
row-from = from { $source }:
row-in-full = Notes and sources in the full row
# Between ports of which one is enough, and between the names of options at the corner of a grid.
ports-or = { " / " }
grid-corner = { " / " }
proxy-kind-http = HTTP
proxy-kind-socks = SOCKS
proxy-kind-both = HTTP or SOCKS
proxy-kind-os = Set in the OS
configurable-unknown = If a row does not say whether the port can be changed, the documentation does not state it.
addresses-count = { $n ->
    [one] { $n } address
   *[other] { $n } addresses
  }
# $options: names of options on which the addresses depend.
addresses-by = { $n ->
    [one] { $n } address, depending on { $options }
   *[other] { $n } addresses, depending on { $options }
  }

## Two scenarios side by side

compare-title = Compare scenarios of { $product }
compare-intro = Connections of { $product } that only one of two selections needs or that both need differently, and how many are the same.
compare-differs = Connections that both need in different ways are listed on both sides, with the differences in bold.
compare-first = First selection
compare-second = Second selection
# Caption of a table that shows what each of two selections chooses.
compare-choices = Choices side by side
compare-pair = “{ $first }” and “{ $second }”
# Without scripts, where a product has very many scenarios.
compare-neighbours = There are too many pairs to list; only consecutive scenarios are compared here.
# What a scenario makes of a connection.
state-in = Needed
state-alternative = Alternative
state-open = Undecided
# $part: a component, a port or an address of a connection that is itself needed in another way.
part-alternative = { $part } (alternative)
part-open = { $part } (undecided)
## Change request

request-number = No.
request-purpose = Purpose
request-row = Row on the source page
# On the request, while a filter of the table is set.
request-filtered = The filters of the table do not apply here: this request has every connection of the selection.
request-none = This selection needs no connection across a network.
request-choices = Selection
request-no-choices = No choices made
request-address = Link to this page
request-left-out-internal = { $n ->
    [one] Left out: { $n } internal connection
   *[other] Left out: { $n } internal connections
  }
request-signed = Requested by
request-approved = Approved by
request-name = Name
request-date = Date
request-leave = Back to the page
request-failed = The data for the request could not be loaded.
# What a button copies, in the sentence that it was copied.
copied-link = Link
# The whole sentence, while a filter of the table is set.
copied-link-filtered = Link copied. The filters of the table are not part of it.
# Above connections of which a source needs one. $source: its name.
request-way = { $source } needs one of these alternatives
# Above connections of which each source needs one. $sources: names of sources that open several of them.
request-ways = Each of these sources needs one of its alternatives below: { $sources }
# In a row of such a group. $needed: the sources that have no alternative; $others: those that have.
request-mixed = Needed for { $needed }; one of several alternatives for { $others }
request-purpose-unknown = Not stated
request-print = Print

## On paper

print-selection = Selection: { $choices }
print-filter = Filter: { $filters }
# $n: how many connections are on the paper; $all: how many the page has; $out: how many the selection leaves out.
print-rows = Connections printed: { $n } of { $all } (left out as not needed: { $out })
print-date = Printed on { $date }
