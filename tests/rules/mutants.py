"""Wrong interpreters: each must be caught, else the proof proves nothing of what it does wrong.

Half of them are wrong about a selection: an oracle with one mistake says what they would write. The others are
wrong about a rule: what was read back is changed. Each has to be caught in what rutter tells as it is, and again
where the mutant keeps silent about the flows that it writes."""

import dataclasses

import random
import sys

from cases import addresses
from judge import Case, ask, judge
from oracle import ANYONE, DEPENDS, HOLDS, Deployment, Left, Selection, Side
from packets import ANY, LOCAL, Matcher
from tools import given


def mistaken(deployment=None, side=None):
    """A deployment and a side of them with methods replaced."""
    return type("D", (Deployment,), deployment or {}), type("S", (Side,), side or {})


def weigh_open(self, when):
    return HOLDS if Deployment.weigh(self, when) == DEPENDS else Deployment.weigh(self, when)


def end_as_any(*reasons):
    def end(self, flow, which, component):
        return [ANY if isinstance(i, Left) and i.reason in reasons else i for i in Side.end(self, flow, which, component)]

    return end


def named_as_any(self, flow, which, component):
    return [ANY if i[:2] == ("name", "named") else i for i in Side.end(self, flow, which, component) if not isinstance(i, Left)]


def number_of_random(self, flow, port):
    if port and port.startswith("random"):
        low, high = port.split()[1].split("-")
        return (int(low), int(high))
    return Side.number(self, flow, port)


def configured_as_any(self, flow, port):
    found = Side.number(self, flow, port)
    return None if isinstance(found, Left) and found.reason == "configured" else found


def all_lines(self, flow):
    return Side.lines(self, {**flow, "need": "all"})


def unscoped(self, flow):
    Side.flow(self, {**flow, "scope": "network"})


def block_written(self, flow):
    if flow["product"] == self.d.selection.product:
        self.flow(flow)


def way_of_group(self, flow, opener):
    """Takes an alternative for the whole group, not for each opener."""
    for group in self.facts.groups:
        if any(flow["id"] in way for way in group) and not self.selection.open_all:
            picked = [way for way in group if way[0].split("/")[1] in self.selection.ways]
            if not picked:
                return "one-of"
            return "needed" if any(flow["id"] in way for way in picked) else "gone"
    return "needed"


def never_gone(self, flow, opener):
    found = Deployment.way(self, flow, opener)
    return "needed" if found == "gone" else found


def both_kept(self, flow, which, component):
    mine = self.d.selection
    self.d.selection = dataclasses.replace(mine, keep_published=True)
    try:
        return Side.end(self, flow, which, component)
    finally:
        self.d.selection = mine


def no_default(self, option):
    return self.chosen.get(option)


def no_product_default(self, option):
    kept, self.defaults = self.defaults, {}
    try:
        return Deployment.value(self, option)
    finally:
        self.defaults = kept


def any_case(self, case):
    return max(self.weigh([{option: choices}]) for option, choices in case.items()) if len(case) > 1 else Deployment.weigh_case(self, case)


def between_one_way(self, flow):
    pairs = list(Deployment.pairs(self, flow))
    return iter(pairs[:1] if flow["between"] else pairs)


def machine_alone(self, machine):
    return {machine} - self.without


OF_SELECTIONS = {
    "an open choice written": mistaken({"weigh": weigh_open}),
    "unknown taken for any": mistaken(side={"end": end_as_any("unknown")}),
    "unpublished taken for any": mistaken(side={"end": end_as_any("unpublished")}),
    "unstated taken for any": mistaken(side={"end": end_as_any("unstated"), "pair": lambda self, flow, direction, opener, listener, obstacles, lines: Side.pair(self, flow, direction, ANYONE if opener == "(unstated)" else opener, ANYONE if listener == "(unstated)" else listener, obstacles, lines)}),
    "no address for the choice taken for any": mistaken(side={"end": end_as_any("none-for-choice")}),
    "a missing address taken for any": mistaken(side={"end": named_as_any}),
    "alternatives ignored": mistaken({"way": lambda self, flow, opener: "needed"}),
    "ways not picked kept": mistaken({"way": never_gone}),
    "alternatives by group, not by opener": mistaken({"way": way_of_group}),
    "one of several ports ignored": mistaken(side={"lines": all_lines}),
    "a random range written": mistaken(side={"number": number_of_random}),
    "a configured port taken for any": mistaken(side={"number": configured_as_any}),
    "same zone written": mistaken(side={"crosses": lambda self, opener, listener: True}),
    "loopback and internal written": mistaken(side={"flow": unscoped}),
    "blocked written": mistaken(side={"blocked": block_written}),
    "parties that are absent kept": mistaken({"with_parts": lambda self, without: set()}),
    "published addresses kept beside typed ones": mistaken(side={"end": both_kept}),
    "defaults ignored": mistaken({"value": no_default}),
    "defaults of the product ignored": mistaken({"value": no_product_default}),
    "one condition of a case enough": mistaken({"weigh_case": any_case}),
    "between one way only": mistaken({"pairs": between_one_way}),
    "parts of a machine forgotten": mistaken({"running_on": machine_alone}),
}


def each(change):
    return lambda rules: [made for rule in rules for made in change(rule)]


def changed(**changes):
    """A rule with fields replaced by what functions make of it."""
    return each(lambda rule: [dataclasses.replace(rule, **{key: make(rule) for key, make in changes.items()})])


def wider_net(ends):
    return [("net", e[1], e[2] - (e[2] & (e[3] - e[2] + 1)), e[3] | (e[3] - e[2] + 1)) if e[0] == "net" and e[3] - e[2] < 2**30 else e for e in ends]


def half_net(ends):
    return [("net", e[1], e[2], (e[2] + e[3]) // 2) if e[0] == "net" else e for e in ends]


def without_six(rule):
    kept = [[e for e in ends if not (e[0] == "net" and e[1] == 6)] for ends in (rule.sources, rule.targets)]
    return [dataclasses.replace(rule, sources=kept[0], targets=kept[1])] if all(kept) else []


def swapped(rule):
    other = {"in": "out", "out": "in"}.get(rule.direction, rule.direction)
    return [dataclasses.replace(rule, direction=other, sources=rule.targets, targets=rule.sources)]


def shifted(ports, low, high):
    return ports and [(a + low, min(b + high, 65535)) for a, b in ports]


def apex(ends):
    return ends + [("name", "fqdn", e[2][2:]) for e in ends if e[:2] == ("name", "wild")]


OF_RULES = {
    "one port more": changed(ports=lambda r: shifted(r.ports, 0, 1)),
    "one port less": changed(ports=lambda r: r.ports and [(a, b - 1 if b > a else b) for a, b in r.ports]),
    "a range as its two ends": changed(ports=lambda r: r.ports and [(p, p) for pair in r.ports for p in pair]),
    "ports of a list as one range": changed(ports=lambda r: r.ports and [(min(a for a, _ in r.ports), max(b for _, b in r.ports))]),
    "every port": changed(ports=lambda r: None),
    "any port as none": each(lambda r: [] if r.ports is None and r.protocol in (6, 17) else [r]),
    "IPv6 dropped": each(without_six),
    "a network one bit wider": changed(sources=lambda r: wider_net(r.sources), targets=lambda r: wider_net(r.targets)),
    "half a network": changed(sources=lambda r: half_net(r.sources), targets=lambda r: half_net(r.targets)),
    "the source forgotten": changed(sources=lambda r: [LOCAL] if r.direction == "out" else [ANY]),
    "the destination forgotten": changed(targets=lambda r: [LOCAL] if r.direction == "in" else [ANY]),
    "source ports forgotten": changed(source_ports=lambda r: None),
    "source and destination port swapped": changed(ports=lambda r: r.source_ports or r.ports, source_ports=lambda r: r.ports if r.source_ports else None),
    "types of ICMP forgotten": changed(types=lambda r: None),
    "one type of ICMP more": changed(types=lambda r: r.types and [(a, b + 1) for a, b in r.types]),
    "direction swapped": each(swapped),
    "UDP as TCP": changed(protocol=lambda r: 6 if r.protocol == 17 else r.protocol),
    "both transports": each(lambda r: [r, dataclasses.replace(r, protocol=23 - r.protocol)] if r.protocol in (6, 17) else [r]),
    "ICMP as ICMPv6": changed(protocol=lambda r: 58 if r.protocol == 1 else r.protocol),
    "every protocol for one without ports": changed(protocol=lambda r: None if r.protocol in (50, 47, 51, 41) else r.protocol),
    "the domain itself beside what is below it": changed(sources=lambda r: apex(r.sources), targets=lambda r: apex(r.targets)),
    "only the first address": changed(sources=lambda r: r.sources[:1], targets=lambda r: r.targets[:1]),
    "the last rule lost": lambda rules: rules[:-1],
    "no rule at all": lambda rules: [],
}

OF_LEFT = {
    "a left entry kept back": lambda told: set(sorted(told)[1:]),
    "all left entries kept back": lambda told: set(),
    "a left entry made up": lambda told: told | {("unknown", "every/same-zone", "console")},
    "a left entry for another reason": lambda told: {("see" if reason == "unknown" else "random" if reason == "configured" else reason, flow, what) for reason, flow, what in told},
    "a needed flow left out": None,
}


def cases(facts, root):
    chooser = random.Random(11)
    selections = [
        Selection("every", "east", lines={"one-of-ports": "443/tcp"}),
        Selection("every", "west", addresses=addresses(facts, "every", chooser, False), ways={"http-8530"}),
        Selection("every", addresses=addresses(facts, "every", chooser, True), values={"set-port": 7777}, choose={"common/windows": {"old", "middle"}, "every/site": {"east", "west"}, "every/extra": {"enabled"}}, without={"common/siem"}),
        Selection("every", "east", addresses={"every/cloud": ["10.77.0.0/24"], "every/mirror": ["2001:db8:78::/64"], "every/relay": ["10.78.0.1", "2001:db8:79::1"]}, ways={"time-b"}, without={"every/console"}),
        Selection("every", choose={"every/extra": {"enabled"}}),
    ]
    for selection in selections:
        for side in ("gateway", "gateway-all", "host:every/gate", "host:every/box", "host:every/relay", "host:common/siem"):
            yield Case(root, selection, side, "json", False)


def prove(rutter, root, facts, seed):
    """How many mutants there are, and which were not caught."""
    base = []
    for case in cases(facts, root):
        files, said = ask(rutter, case)
        outcome = judge(facts, case, files, said, seed)
        if not outcome.good:
            return 0, [f"the cases themselves differ: {case}: {(outcome.wider + outcome.narrower + outcome.wrong)[:2]}"]
        # The oracle's own words in place of the rules: what catches a mutant is its mistake.
        if caught(facts, case, files, of_selection(case, facts, Deployment, Side, False), seed):
            return 0, [f"the oracle does not agree with itself: {case}"]
        base.append((case, files))
    escaped = []
    for name, (deployment, side) in OF_SELECTIONS.items():
        for silent in (False, True):
            if not any(caught(facts, case, files, of_selection(case, facts, deployment, side, silent), seed) for case, files in base):
                escaped.append(f"{name}{', told of nothing' if silent else ''}")
    for name, change in OF_RULES.items():
        if not any(caught(facts, case, files, lambda rules, told: (change(rules), told), seed) for case, files in base):
            escaped.append(name)
    for name, change in OF_LEFT.items():
        mutate = flow_left_out if change is None else lambda rules, told: (rules, change(told))
        if not any(caught(facts, case, files, mutate, seed) for case, files in base):
            escaped.append(name)
    return len(OF_SELECTIONS) + len(OF_RULES) + len(OF_LEFT), escaped


def flow_left_out(rules, told):
    return [r for r in rules if r.ports != [(8443, 8443)]], told | {("proto", "every/from-anyone", "tcp")}


def of_selection(case, facts, deployment, side, silent):
    def mutate(rules, told):
        wrong = side(deployment(facts, case.selection), case.side)
        right = Side(Deployment(facts, case.selection), case.side)
        new = {m.flow for m in wrong.truth} - {m.flow for m in right.truth}
        kept = {entry for entry in told if not (silent and entry[1] in new)}
        return [Matcher(**{**m.__dict__}) for m in wrong.truth], kept

    return mutate


def caught(facts, case, files, mutate, seed):
    outcome = judge(facts, case, files, None, seed, mutate)
    # A mutant that keeps silent is caught by packets alone as well as by what it should have told.
    return not outcome.good


def main():
    rutter, root, facts, _, with_none = given(__doc__, ("--with-none", "store_true"))
    if with_none:
        # For the proof of this proof: nothing is wrong, so nothing can be caught.
        OF_SELECTIONS.clear()
        OF_LEFT.clear()
        OF_RULES.clear()
        OF_RULES["nothing wrong"] = lambda rules: rules
    count, escaped = prove(rutter, root, facts, 1)
    for one in escaped:
        print(f"not caught: {one}")
    print(f"{count} wrong interpreters, {len(escaped)} not caught")
    sys.exit(1 if escaped or count < 19 else 0)


if __name__ == "__main__":
    main()
