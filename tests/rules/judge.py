"""One set of rules against the truth: what it lets through, and what it says it leaves out."""

import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from oracle import Deployment, Selection, Side, label, local
from packets import ANY, LOCAL, WITH_PORTS, WORDS, Matcher, compare, name, net, possible, protocol, show
from readers import READERS
from readers.left import said_on_stderr
from tools import Refused, environment

# Reasons that a format gives, not a selection.
OF_FORMATS = {"path", "fqdn", "wild", "url", "named", "any", "v4", "v6", "any-port", "proto", "limit", "side", "source-port", "icmp-type"}


@dataclass
class Case:
    root: str
    selection: Selection
    side: str
    format: str
    closed: bool

    def arguments(self):
        closed = ["--closed"] if self.closed else []
        return ["rules", "--root", self.root, *self.selection.arguments(), "--side", self.side, "--for", self.format, *closed]

    def __str__(self):
        return " ".join(["rutter", *self.arguments()])


@dataclass
class Outcome:
    packets: int = 0
    wider: list = field(default_factory=list)
    narrower: list = field(default_factory=list)
    wrong: list = field(default_factory=list)

    @property
    def good(self):
        return not (self.wider or self.narrower or self.wrong)


def ask(rutter, case):
    """The files that rutter writes and what it says on the side."""
    with tempfile.TemporaryDirectory(prefix="rules-") as keeper:
        folder = Path(keeper) / "files"
        done = subprocess.run([rutter, *case.arguments(), "--output", str(folder)], capture_output=True, text=True, env=environment())
        if done.returncode != 0:
            raise Refused(f"rutter: {done.stderr.strip()[-300:]}")
        files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        return files, said_on_stderr(done.stderr)


class Fill:
    """Puts addresses in place of those that the reader has still to give, and finds them again."""

    def __init__(self):
        self.names, self.used = {}, False

    def __call__(self, text, pattern, replacement):
        def put(found):
            self.used = True
            component = found[2]
            number = self.names.setdefault(component, len(self.names) + 1)
            return found.expand(replacement).replace("@@", f"240.7.{number // 250}.{number % 250 + 1}")

        return re.sub(pattern, put, text, flags=re.M)

    def back(self, rules):
        places = {net(f"240.7.{n // 250}.{n % 250 + 1}"): name("named", component) for component, n in self.names.items()}
        for rule in rules:
            rule.sources = [places.get(end, end) for end in rule.sources]
            rule.targets = [places.get(end, end) for end in rule.targets]
        return rules


def unfilled(text, *_):
    return text


def remote(matcher):
    if matcher.direction == "in":
        return matcher.sources
    if matcher.direction == "out":
        return matcher.targets
    return matcher.sources + matcher.targets


def concerns(reason, what, matcher):
    """Whether what a format leaves out is part of a flow."""
    ends = remote(matcher)
    if reason in ("fqdn", "wild", "url", "named"):
        return name(reason, what) in ends or (what == reason and any(end[:2] == ("name", reason) for end in ends))
    if reason == "any":
        return ANY in ends
    if reason in ("v4", "v6"):
        if what == reason:
            return any(end[:2] == ("net", int(reason[1])) for end in ends)
        try:
            around = net(what)
        except ValueError:
            return False
        return any(e[0] == "net" and e[1] == around[1] and around[2] <= e[2] and e[3] <= around[3] for e in ends)
    if reason == "any-port":
        return matcher.ports is None and matcher.protocol in WITH_PORTS and protocol(what) == matcher.protocol
    if reason == "proto":
        return protocol(what) == matcher.protocol
    if reason == "source-port":
        return matcher.source_ports is not None
    if reason == "icmp-type":
        return matcher.types is not None
    if reason == "side":
        return matcher.direction == what
    return reason == "limit"


def subtract(truth, told, reader, wrong, doubtful=()):
    """The truth without what a format rightly says it can't express."""
    doubtful, rest, paths = list(doubtful), list(truth), set()
    for reason, flow, what in sorted(told):
        if reason not in OF_FORMATS:
            continue
        if reason == "path":
            paths.add((flow, what))
            continue
        if reason not in reader.cannot | {"limit"}:
            wrong.append(f"left out although the format can say it: {reason} {flow} {what}")
        if reason == "proto" and protocol(what) in getattr(reader, "must", set()):
            wrong.append(f"left out although the format has the protocol: {reason} {flow} {what}")
        if not any(m.flow == flow and concerns(reason, what, m) for m in truth + doubtful):
            wrong.append(f"left out, but not needed: {reason} {flow} {what}")
        rest = [m for m in rest if not (m.flow == flow and concerns(reason, what, m))]
    return [without_path(m, paths) for m in rest]


def without_path(matcher, paths):
    def cut(end):
        if end[0] != "name" or end[1] != "url" or (matcher.flow, end[2]) not in paths:
            return end
        host = re.sub(r"^[a-z]+://", "", end[2]).split("/")[0].split(":")[0]
        return name("wild" if host.startswith("*.") else "fqdn", host)

    return Matcher(
        matcher.direction, matcher.protocol, [cut(e) for e in matcher.sources], [cut(e) for e in matcher.targets],
        matcher.ports, matcher.source_ports, matcher.types, matcher.flow,
    )


def of_one_family(matcher, reader):
    """Whether a name that stands for one version of IP in a format meets an address of the other."""
    kinds = getattr(reader, "stands_for", {})
    ends = remote(matcher)
    versions = {kinds[end[1]] for end in ends if end[0] == "name" and end[1] in kinds}
    versions |= {end[1] for end in ends if end[0] == "net"} | {1: {4}, 58: {6}}.get(matcher.protocol, set())
    return len(versions) > 1 and any(end[0] == "name" and end[1] in kinds for end in ends)


def narrowed(matcher, reader):
    """Any address beside a name that stands for one version is any of that version."""
    kinds = getattr(reader, "stands_for", {})
    versions = {kinds[end[1]] for end in matcher.sources + matcher.targets if end[0] == "name" and end[1] in kinds}
    if len(versions) == 1 and ANY in matcher.sources + matcher.targets:
        every = net("0.0.0.0/0" if versions == {4} else "::/0")
        matcher.sources = [every if end == ANY else end for end in matcher.sources]
        matcher.targets = [every if end == ANY else end for end in matcher.targets]
    return matcher


def check_told(side, told, wrong, reader):
    for matcher in side.truth + side.doubtful:
        if of_one_family(matcher, reader):
            side.told.allow("no-common-family", matcher.flow)
    urls = {(m.flow, end[2]) for m in side.truth + side.doubtful for end in remote(m) if end[0] == "name" and end[1] == "url"}
    reasons = {}
    for reason, flow, what in told:
        reasons.setdefault(flow, set()).add(reason)
        if reason in OF_FORMATS and (reason != "path" or (flow, what) in urls):
            continue
        allowed = side.told.may.get((reason, flow), False)
        if allowed is False:
            wrong.append(f"told without cause: {reason} {flow} {what}")
        elif allowed is not None and not set(what.split(",")) <= allowed:
            wrong.append(f"told of the wrong thing: {reason} {flow} {what}, not of {sorted(allowed)}")
    for flow, one_of in side.told.must:
        # That ends have no version of IP in common is found behind what a format can't say of them.
        late = OF_FORMATS if one_of == {"no-common-family"} else set()
        if not reasons.get(flow, set()) & (one_of | late):
            wrong.append(f"not told: {flow}, one of {sorted(one_of)}")


def nested(rules, wrong):
    for rule in rules:
        for ends in (rule.sources, rule.targets):
            nets = sorted(e for e in ends if e[0] == "net")
            for first, second in zip(nets, nets[1:]):
                if first[1] == second[1] and second[2] <= first[3]:
                    wrong.append(f"overlapping in one list: {show(first)} {show(second)}")
        ports = sorted(rule.ports or [])
        for first, second in zip(ports, ports[1:]):
            if second[0] <= first[1]:
                wrong.append(f"overlapping ports in one list: {first} {second}")


def probes_of(truth):
    """What a test of connectivity asks: single addresses and first ports."""
    found, impossible = set(), []
    for matcher in truth:
        for end in matcher.targets:
            single = end[0] == "net" and end[2] == end[3]
            if single and not possible((("ip", end[1], end[2]),), matcher.protocol):
                continue
            if matcher.direction != "out" or not (single or end[:2] == ("name", "fqdn")) or matcher.protocol not in WITH_PORTS | {1, 58}:
                impossible.append(str(matcher))
                continue
            word = "icmp" if matcher.protocol in (1, 58) else WORDS[matcher.protocol]
            if word != "icmp" and matcher.ports is None:
                impossible.append(str(matcher))
                continue
            first = matcher.ports[0][0] if matcher.ports else None
            if not within_another(matcher, end, first, truth):
                found.add((word, label(end).split("/")[0], first))
    return found, impossible


def within_another(matcher, end, first, truth):
    """Whether the ports of a flow begin in the middle of other ports of it: overlapping ranges are one."""
    return first is not None and any(
        other.flow == matcher.flow and other.protocol == matcher.protocol and other.source_ports == matcher.source_ports
        and end in other.targets and other.direction == matcher.direction and other.ports and other.ports[0][0] < first <= other.ports[0][1]
        for other in truth
    )


def judge(facts, case, files, said, seed=1, mutate=None):
    outcome = Outcome()
    reader = READERS[case.format]
    side = Side(Deployment(facts, case.selection), case.side)
    fill = Fill()
    try:
        rules, told = reader.read(files, case.closed, fill)
    except (Refused, ValueError, KeyError, IndexError, TypeError) as error:
        outcome.wrong.append(f"can't be read: {type(error).__name__}: {error}")
        return outcome
    if mutate:
        rules, told = mutate(rules, told)
        if rules is None:
            return None
    if said is not None and told != said:
        outcome.wrong.append(f"in the file {sorted(told - said)[:3]}, on standard error {sorted(said - told)[:3]}")
    if fill.used and not mutate:
        refused(reader, case, files, outcome)
    check_told(side, told, outcome.wrong, reader)
    lists = getattr(reader, "addresses_only", False)
    if lists:
        side.truth, side.doubtful = ([addresses_of(m) for m in matchers if meets(m)] for matchers in (side.truth, side.doubtful))
    truth = [m for m in subtract(side.truth, told, reader, outcome.wrong, side.doubtful) if not of_one_family(m, reader)]
    if getattr(reader, "probes", False):
        wanted, impossible = probes_of(truth)
        outcome.packets = len(wanted | rules)
        outcome.wider = [f"asks {item}" for item in sorted(rules - wanted, key=str)]
        outcome.narrower = [f"does not ask {item}" for item in sorted(wanted - rules, key=str)] + impossible
        return outcome
    rules = fill.back(rules)
    if not getattr(reader, "merges", False):
        nested(rules, outcome.wrong)
    doubtful = [without_path(m, {(m.flow, end[2]) for end in remote(m) if end[0] == "name"}) for m in side.doubtful] + side.doubtful
    truth, rules = ([narrowed(m, reader) for m in matchers] for matchers in (truth, rules))
    found = compare(truth, rules, seed, doubtful=doubtful)
    outcome.packets = found.packets
    outcome.wider += found.wider
    outcome.narrower += found.narrower
    return outcome


def addresses_of(matcher):
    """What a list of addresses holds of a flow; of one between others only where it goes to."""
    sources = [ANY] if matcher.direction == "forward" else matcher.sources
    return Matcher(matcher.direction, 6, sources, matcher.targets, None, None, None, matcher.flow)


def meets(matcher):
    """Whether its ends and its protocol can be of one version of IP."""
    versions = {e[1] for e in remote(matcher) if e[0] == "net"} | {1: {4}, 58: {6}}.get(matcher.protocol, set())
    return len(versions) < 2


def refused(reader, case, files, outcome):
    """A file with addresses still to be given must not load."""
    try:
        reader.read(files, case.closed, unfilled)
    except Refused:
        return
    outcome.wrong.append("a file with addresses still to be given was taken")


def signature(files):
    """For cases whose files should be equal."""
    return {file: data for file, data in sorted(files.items())}


__all__ = ["ANY", "LOCAL", "Case", "Outcome", "ask", "judge", "local", "signature"]
