"""What a selection needs on one side, from the public data of the site alone.

Written from the words of the handbook, not from the program: conditions with three values, ways per opener,
one of several ports, scopes, ends. The outcome is a list of matchers, and for what can't be written the
reasons that may be told, one of which must be."""

import ipaddress
import itertools
import json
from dataclasses import dataclass, field
from pathlib import Path

from packets import ANY, LOCAL, Matcher, name, net, protocol, show

HOLDS, DEPENDS, FAILS = 2, 1, 0
UNSTATED = "(unstated)"
ANYONE = "(any)"


@dataclass
class Selection:
    product: str
    scenario: str | None = None
    choose: dict = field(default_factory=dict)
    without: set = field(default_factory=set)
    ways: set = field(default_factory=set)  # first flows
    lines: dict = field(default_factory=dict)  # flow -> line
    open_all: bool = False
    values: dict = field(default_factory=dict)  # flow -> port
    addresses: dict = field(default_factory=dict)  # component -> list of texts
    keep_published: bool = False

    def arguments(self):
        args = [self.product]
        if self.scenario:
            args += ["--scenario", self.scenario]
        for option, choices in sorted(self.choose.items()):
            args += ["--choose", f"{option}={','.join(sorted(choices))}"]
        for component in sorted(self.without):
            args += ["--without", component]
        for pick in sorted(self.ways) + sorted(f"{flow}={line}" for flow, line in self.lines.items()):
            args += ["--pick", pick]
        if self.open_all:
            args += ["--open", "all"]
        for flow, port in sorted(self.values.items()):
            args += ["--port", f"{flow}={port}"]
        for component, addresses in sorted(self.addresses.items()):
            args += ["--address", f"{component}={','.join(addresses)}"]
        if self.keep_published:
            args.append("--keep-published")
        return args


def local(identifier):
    return identifier.split("/")[-1]


@dataclass
class Told:
    """What may be told of a flow, and what must be: of each set at least one."""

    may: dict = field(default_factory=dict)  # (reason, flow) -> set of words of `what`, or None for any
    must: list = field(default_factory=list)  # (flow, frozenset of reasons)

    def allow(self, reason, flow, what=None):
        known = self.may.get((reason, flow), set())
        self.may[(reason, flow)] = None if what is None or known is None else known | set(what)


class Facts:
    def __init__(self, site):
        data = Path(site) / "api" / "v1"

        def load(file):
            return json.loads((data / file).read_text(encoding="utf-8"))

        flows = load("flows.json")
        self.flows = flows["flows"]
        self.blocked = flows["blocked"]
        self.groups = [choice["ways"] for choice in flows["choices"]]
        self.components = {c["id"]: c for c in load("components.json")["components"]}
        self.options = {o["id"]: o for o in load("options.json")["options"]}
        self.products = {p["id"]: p for p in load("products.json")["products"]}

    def of(self, product):
        return [flow for flow in self.flows if flow["product"] == product]

    def parties(self, product):
        ends = {end for flow in self.of(product) for end in flow["from"] + flow["to"]}
        return [component for component in self.components if component in ends]

    def scenario(self, product, identifier):
        return next(s for s in self.products[product]["scenarios"] if s["id"] == identifier)

    def options_of(self, product):
        """The options that some condition of the product names."""
        named = set()

        def walk(value):
            if isinstance(value, dict):
                for key, item in value.items():
                    if key == "when":
                        named.update(option for case in item for option in case)
                    walk(item)
            elif isinstance(value, list):
                for item in value:
                    walk(item)

        walk(self.of(product))
        return [option for option in self.options if option in named]


class Deployment:
    """The facts as one selection sees them."""

    def __init__(self, facts, selection):
        self.facts, self.selection = facts, selection
        product = facts.products[selection.product]
        self.chosen = {option: set(choices) for option, choices in selection.choose.items()}
        without = set(selection.without)
        if selection.scenario:
            scenario = facts.scenario(selection.product, selection.scenario)
            for option, choices in scenario["choose"].items():
                self.chosen.setdefault(option, set(choices))
            without |= set(scenario["without"])
        self.defaults = {option: set(choices) for option, choices in product["defaults"].items()}
        self.without = self.with_parts(without)
        self.flows = [flow for flow in facts.of(selection.product) if self.present(flow)]
        self.holding = {flow["id"] for flow in self.flows if self.weigh(flow["when"]) == HOLDS}

    def with_parts(self, without):
        """What runs on no other machine goes with its machine."""
        gone = set(without)
        while True:
            more = {
                identifier
                for identifier, component in self.facts.components.items()
                if component["runs_on"] and set(component["runs_on"]) <= gone
            } - gone
            if not more:
                return gone
            gone |= more

    def value(self, option):
        if option in self.chosen:
            return self.chosen[option]
        if option in self.defaults:
            return self.defaults[option]
        entry = self.facts.options[option]
        if entry["default"]:
            return set(entry["default"])
        return {"disabled"} if entry["switch"] else None

    def weigh(self, when):
        if not when:
            return HOLDS
        return max(self.weigh_case(case) for case in when)

    def weigh_case(self, case):
        worth = HOLDS
        for option, choices in case.items():
            value = self.value(option)
            worth = min(worth, DEPENDS if value is None else HOLDS if value & set(choices) else FAILS)
        return worth

    def undecided(self, when):
        return {local(option) for case in when for option in case if self.value(option) is None}

    def ends(self, flow, end):
        word = flow["opener" if end == "from" else "listener"]
        if word == "any":
            return [ANYONE]
        if word == "unstated":
            return [UNSTATED]
        return [component for component in flow[end] if component not in self.without]

    def present(self, flow):
        openers, listeners = self.ends(flow, "from"), self.ends(flow, "to")
        if flow["between"]:
            return len(openers) == 2
        return bool(openers and listeners)

    def pairs(self, flow):
        for opener, listener in itertools.product(self.ends(flow, "from"), self.ends(flow, "to")):
            if not (flow["between"] and opener == listener):
                yield opener, listener

    def way(self, flow, opener):
        """Whether an opener goes the way of a flow: `needed`, `one-of` or `gone`, with the group."""
        outcome = "needed"
        by_id = {f["id"]: f for f in self.flows}
        for group in self.facts.groups:
            if not any(flow["id"] in way for way in group):
                continue
            ways = [
                way for way in group
                if any(f in self.holding and opener in self.ends(by_id[f], "from") for f in way)
            ]
            if len(ways) < 2 or self.selection.open_all:
                continue
            picked = [way for way in ways if local(way[0]) in self.selection.ways]
            if not picked:
                outcome = "one-of" if outcome == "needed" else outcome
            elif not any(flow["id"] in way for way in picked):
                outcome = "gone"
        return outcome

    def zone(self, component):
        if component in (ANYONE, UNSTATED):
            return None
        entry = self.facts.components[component]
        return entry.get("zones", {}).get(self.selection.product, entry["zone"])

    def zone_is_sure(self, component):
        """A common party may stand in another zone, or in none, for another product; a site whose data
        has one zone for all does not say for whom it holds."""
        return component in (ANYONE, UNSTATED) or not component.startswith("common/") or "zones" in self.facts.components[component]

    def running_on(self, machine):
        inside = {machine}
        while True:
            more = {i for i, c in self.facts.components.items() if set(c["runs_on"]) & inside} - inside
            if not more:
                return inside - self.without
            inside |= more


def address(text):
    """An endpoint as the reader typed it or as it is published."""
    try:
        return net(text)
    except ValueError:
        return name("wild" if text.startswith("*.") else "fqdn", text.lower())


def published(entry):
    if entry["kind"] in ("ip", "cidr"):
        return address(entry["address"])
    if entry["kind"] == "url":
        return name("url", entry["address"])
    return address(entry["address"])


def label(end):
    """How a left entry writes an endpoint."""
    if end[0] == "net":
        make = ipaddress.IPv4Address if end[1] == 4 else ipaddress.IPv6Address
        bits = 32 if end[1] == 4 else 128
        return f"{make(end[2])}/{bits - (end[3] - end[2] + 1).bit_length() + 1}"
    if end == ANY:
        return "any"
    return end[2]


class Left:
    """An item of one dimension that can't be written, and why."""

    def __init__(self, reason, what=None):
        self.reason, self.what = reason, what


class Side:
    def __init__(self, deployment, side):
        self.d, self.side = deployment, side
        self.told = Told()
        self.truth = []
        self.doubtful = []
        self.meetings = {}
        self.host = deployment.running_on(side.removeprefix("host:")) if side.startswith("host:") else None
        for flow in deployment.flows:
            self.flow(flow)
        for flow in deployment.facts.blocked:
            self.blocked(flow)
        for (flow, _, _), meetings in self.meetings.items():
            if meetings and not any(meetings):
                self.told.must.append((flow, frozenset({"no-common-family"})))

    def placed(self, flow):
        """The pairs of ends that this side sees: direction, opener, listener."""
        for opener, listener in self.d.pairs(flow):
            if self.host is None:
                yield "forward", opener, listener
                continue
            if opener in self.host:
                yield "out", opener, listener
            if listener in self.host:
                yield "in", opener, listener

    def blocked(self, flow):
        if flow["product"] != self.d.selection.product or not self.d.present(flow):
            return
        placed = list(self.placed(flow))
        worth = self.d.weigh(flow["when"])
        if placed and worth != FAILS:
            self.told.allow("block", flow["id"])
            if worth == HOLDS and any(self.crosses(opener, listener) for _, opener, listener in placed):
                self.told.must.append((flow["id"], frozenset({"block"})))

    def crosses(self, opener, listener):
        zone = self.d.zone(opener)
        return self.side != "gateway" or zone is None or zone != self.d.zone(listener)

    def flow(self, flow):
        worth = self.d.weigh(flow["when"])
        if worth == FAILS:
            return
        whole = {}
        if worth == DEPENDS:
            whole["depends"] = self.d.undecided(flow["when"])
        if flow["scope"] == "loopback":
            whole["loopback"] = {""}
        if flow["scope"] == "internal" and self.host is None:
            whole["internal"] = {""}
        lines = self.lines(flow)
        if lines is None:
            whole["one-line"] = None
        for direction, opener, listener in self.placed(flow):
            self.pair(flow, direction, opener, listener, dict(whole), lines)

    def pair(self, flow, direction, opener, listener, obstacles, lines):
        identifier = flow["id"]
        way = self.d.way(flow, opener) if self.d.weigh(flow["when"]) == HOLDS else "needed"
        if way == "gone":
            return
        if way == "one-of":
            obstacles["one-of"] = None
        doubt = False
        if not self.crosses(opener, listener):
            doubt = not (self.d.zone_is_sure(opener) and self.d.zone_is_sure(listener))
            if doubt:
                self.told.allow("same-zone", identifier, {self.d.zone(opener)})
            else:
                obstacles["same-zone"] = {self.d.zone(opener)}
        if UNSTATED in (opener, listener):
            obstacles["unstated"] = None
        sources = [LOCAL] if direction == "out" else self.end(flow, "from", opener)
        targets = [LOCAL] if direction == "in" else self.end(flow, "to", listener)
        if obstacles:
            for reason, what in obstacles.items():
                self.told.allow(reason, identifier, what)
            # What an end or a port lacks may be told in place of it.
            lacking = [i for i in sources + targets + [port for port, *_ in lines or []] if isinstance(i, Left)]
            for item in lacking:
                self.told.allow(item.reason, identifier, item.what)
            self.told.must.append((identifier, frozenset(obstacles) | {item.reason for item in lacking} | ({"same-zone"} if doubt else set())))
            if {"template"} & {e["kind"] for e in flow["hosts"]["list"]}:
                self.told.allow("path", identifier)
            return
        self.pieces(flow, direction, sources, targets, lines, doubt)

    def pieces(self, flow, direction, sources, targets, lines, doubt):
        identifier = flow["id"]
        for end, key in ((sources, "from_hosts"), (targets, "hosts")):
            if end != [LOCAL] and any(entry["kind"] == "template" for entry in flow[key]["list"]):
                self.told.allow("path", identifier)
                self.told.allow("template", identifier)
        for source, target, (port, source_port, number, kind) in itertools.product(sources, targets, lines):
            left = [item for item in (source, target, port, source_port) if isinstance(item, Left)]
            for item in left:
                self.told.allow(item.reason, identifier, item.what)
            if left:
                zone = {"same-zone"} if doubt else set()
                self.told.must.append((identifier, frozenset(item.reason for item in left) | zone))
                continue
            (self.doubtful if doubt else self.truth).append(
                Matcher(
                    direction, number, [source], [target],
                    None if port is None else [port],
                    None if source_port is None else [source_port],
                    None if kind is None else [(kind, kind)],
                    identifier,
                )
            )
        self.families(identifier, direction, lines, sources, targets, doubt)

    def families(self, identifier, direction, lines, sources, targets, doubt):
        """Ends that have no version of IP in common make no rule, and that is told."""
        for port, source_port, number, _ in lines:
            if isinstance(port, Left) or isinstance(source_port, Left):
                continue
            forced = {1: {4}, 58: {6}}.get(number, {4, 6})

            def versions(end):
                return forced & ({end[1]} if isinstance(end, tuple) and end[0] == "net" else {4, 6})

            ends = [(s, t) for s in sources for t in targets if not isinstance(s, Left) and not isinstance(t, Left)]
            meet = [bool(versions(s) & versions(t)) for s, t in ends]
            if ends and not all(meet):
                self.told.allow("no-common-family", identifier)
            if not doubt:
                self.meetings.setdefault((identifier, direction, number), []).extend(meet)

    def end(self, flow, end, component):
        """Where one component of a flow is, as endpoints and what is missing."""
        if component == ANYONE:
            return [ANY]
        if component == UNSTATED:
            return [Left("unstated")]
        hosts = flow["hosts" if end == "to" else "from_hosts"]
        typed = [address(text) for text in self.d.selection.addresses.get(component, [])]
        if typed and not (self.d.selection.keep_published and hosts["kind"] == "list"):
            return typed
        if hosts["kind"] == "own":
            return [name("named", local(component))]
        if hosts["kind"] == "any":
            return [ANY]
        if hosts["kind"] != "list":
            what = {hosts["source"]} if hosts["kind"] == "see" else {local(c) for c in flow[end]}
            return [Left(hosts["kind"], what)]
        return typed + self.listed(hosts["list"], component, flow[end], bool(typed))

    def listed(self, entries, component, components, typed):
        found, never = [], 0
        for entry in entries:
            worth = self.d.weigh(entry["when"])
            if worth == DEPENDS:
                found.append(Left("depends", self.d.undecided(entry["when"])))
            elif worth == HOLDS and entry["kind"] == "template":
                # The reader's own server, whose address is typed or still to be given.
                found += [] if typed else [name("named", local(component))]
            elif worth == HOLDS:
                found.append(published(entry))
            else:
                never += 1
        if never == len(entries) and not typed:
            found.append(Left("none-for-choice", {local(c) for c in components}))
        return found

    def lines(self, flow):
        """The ports of a flow as (port, source port, protocol, type); `None` where one must be picked."""
        lines = []
        for line in flow["lines"]:
            entries = [(entry, self.d.weigh(entry["when"])) for entry in line]
            entries = [pair for pair in entries if pair[1] != FAILS]
            if entries:
                lines.append(entries)
        if flow["need"] == "one" and len(lines) > 1 and not self.d.selection.open_all:
            picked = self.d.selection.lines.get(local(flow["id"]))
            lines = [line for line in lines if picked and picked == line_text(line)]
            if not lines:
                return None
        return [self.port(flow, entry, worth) for line in lines for entry, worth in line]

    def port(self, flow, entry, worth):
        number = protocol(entry["transport"])
        value = self.number(flow, entry["port"])
        if worth == DEPENDS:
            value = Left("depends", self.d.undecided(entry["when"]))
        source = self.number(flow, entry["from_port"])
        return value, source, number, entry["icmp_type"]

    def number(self, flow, port):
        if port is None or port == "any":
            return None
        if port == "configured":
            value = self.d.selection.values.get(local(flow["id"]))
            return (value, value) if value else Left("configured")
        if port.startswith("random"):
            return Left("random")
        low, _, high = port.partition("-")
        return (int(low), int(high or low))


def line_text(line):
    entry = line[0][0]
    return f"{entry['port']}/{'+'.join(e['transport'] for e, _ in line)}"
