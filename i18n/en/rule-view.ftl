### Firewall rules on the page of a product: a form, the files, and what is not in them.

# Button and title.
rule-view = Firewall rules
rule-view-failed = The data for the rules could not be loaded.
# “Your environment” is the panel above, with the same heading.
rule-view-intro = The rules follow from what you choose under “Your environment”. What you type stays on this page unless you choose otherwise below. Nothing is sent.

## Where and how

rule-view-side = Where the rules apply
rule-view-gateway = Gateway between zones
rule-view-gateway-all = Between all computers (segmentation)
# $component: name of a component.
rule-view-host = Computer of: { $component }
rule-view-format = Format
# Groups in the list of formats.
rule-view-sheets = Tables
rule-view-firewalls = Firewalls
rule-view-clouds = Cloud
rule-view-lists = Host lists
rule-view-tests = Connection tests
# $name: a word of the file, such as table or prefix.
rule-view-setting = Name for “{ $name }”
rule-view-closed = Also deny everything else

## Where one of several is enough

# Above connections to choose from.
rule-view-one-of = One of these connections is enough
# Above ports to choose from. $connection: its ends and ports.
rule-view-one-line = One of these ports is enough: { $connection }
rule-view-every = Allow every alternative where one is enough

## What the reader types

rule-view-addresses = Your addresses
rule-view-addresses-help = IP addresses, subnets, or host names, separated by commas or line breaks
rule-view-addresses-none = These rules need no addresses from you.
# Opens fields for components whose addresses are known.
rule-view-published = Replace published addresses
rule-view-keep = Keep the published addresses too
rule-view-ports = Your ports
rule-view-ports-help = A number or a range, such as 8443 or 9000-9010
# $entry: what was typed. $example: a host name.
rule-view-wrong-form = { $entry } is not an address. Write 10.0.0.9, 10.0.0.0/8, 2001:db8::1, or { $example }.
# Buttons with both readings follow.
rule-view-wrong-host-bits = { $entry } could mean a single address or a whole subnet. Choose which:
rule-view-wrong-everything = { $entry } means every address and can only stand alone. Remove it or the others.
# A button follows: rule-view-everything-yes.
rule-view-everything = { $entry } means every address on the Internet.
rule-view-everything-yes = Allow every address
rule-view-wrong-long = { $entry } is too long for an address.
rule-view-wrong-many = These are more than 10,000 addresses. Combine them into subnets.
rule-view-wrong-port = { $entry } is not a port. Write a number from 1 to 65535, or a range such as 9000-9010.
# $default: what stands in the file instead.
rule-view-wrong-setting = This name contains characters that are not allowed here. The file says “{ $default }”.
# Above what is kept beyond this page.
rule-view-keeping = Keep what you typed
rule-view-share = Put my addresses and ports into the link
rule-view-remember = Remember on this device
# Button beside it.
rule-view-forget = Forget
# Above selections whose rules stand in the same files.
rule-view-others = Rules also for
rule-view-add = Add another deployment
rule-view-remove = Remove

## The files

rule-view-rules = { $n ->
    [one] { $n } rule
   *[other] { $n } rules
  }
rule-view-left = { $n } not included
rule-view-file = File
# $file: name of a file.
rule-view-download = Download { $file }
rule-view-no-preview = This file cannot be shown here. Download it and open it in a spreadsheet program.
rule-view-none = No rule can be written. The reasons are below.
rule-view-not-included = Not included
rule-view-nothing-left = Every connection that you need is in the rules.
