"""Sets of connections and the packets around their edges.

A matcher is one flow of the truth or one rule that was read back: lists of ends, ports, source ports and
ICMP types. Which packets a set of matchers lets through is found with one bit per matcher, so that every
combination of edges can be asked."""

import ipaddress
import itertools
import random
from dataclasses import dataclass, field

ANY = ("any",)
LOCAL = ("local",)  # the filtering computer itself: its filter need not say so

NUMBERS = {
    "icmp": 1, "igmp": 2, "ipip": 4, "ipinip": 4, "tcp": 6, "udp": 17, "dccp": 33, "gre": 47, "esp": 50, "ah": 51,
    "icmpv6": 58, "ipv6-icmp": 58, "icmp6": 58, "ospf": 89, "vrrp": 112, "l2tp": 115, "sctp": 132,
}
WITH_PORTS = {6, 17, 33, 132}
WORDS = {number: word for word, number in reversed(NUMBERS.items())}


def protocol(word):
    """The number of a protocol, from a word, `ip-41` or a number."""
    word = str(word).lower()
    if word in NUMBERS:
        return NUMBERS[word]
    return int(word.removeprefix("ip-"))


def net(text):
    """An address or a network. Bits below the prefix are an error: no rule of ours may hold them."""
    network = ipaddress.ip_network(text)
    return ("net", network.version, int(network.network_address), int(network.broadcast_address))


def name(kind, value):
    return ("name", kind, value)


def show(end):
    if end[0] == "net":
        make = ipaddress.IPv4Address if end[1] == 4 else ipaddress.IPv6Address
        return str(make(end[2])) if end[2] == end[3] else f"{make(end[2])}-{make(end[3])}"
    if end[0] == "ip":
        return str(ipaddress.IPv4Address(end[2]) if end[1] == 4 else ipaddress.IPv6Address(end[2]))
    return ":".join(end[1:]) or "any"


def everything(end):
    return end == ANY or (end[0] == "net" and end[2] == 0 and end[3] in (2**32 - 1, 2**128 - 1))


def holds(end, point):
    if end == ANY or (end == LOCAL and point == LOCAL):
        return True
    if end[0] == "net":
        if point[0] == "ip":
            return point[1] == end[1] and end[2] <= point[2] <= end[3]
        return everything(end)  # a name stands for some address
    return end == point


@dataclass
class Matcher:
    """`None` for ports, source ports or types: all of them."""

    direction: str
    protocol: int | None
    sources: list
    targets: list
    ports: list | None = None
    source_ports: list | None = None
    types: list | None = None
    flow: str | None = None
    labels: set = field(default_factory=set)

    def __str__(self):
        ports = "any" if self.ports is None else ",".join(f"{a}-{b}" if a != b else str(a) for a, b in self.ports)
        return (
            f"{self.flow or 'rule'}: {self.direction} {WORDS.get(self.protocol, self.protocol)} "
            f"{'|'.join(map(show, self.sources))} -> {'|'.join(map(show, self.targets))} "
            f"ports {ports} from {self.source_ports or 'any'} type {self.types or 'any'}"
        )


STRANGERS = [("ip", 4, int(ipaddress.IPv4Address("198.18.7.7"))), ("ip", 6, int(ipaddress.IPv6Address("2001:db8:ffff::7")))]


def end_points(end):
    if end == ANY:
        return STRANGERS
    if end[0] in ("name", "local"):
        return [end]
    _, version, low, high = end
    top = 2**32 - 1 if version == 4 else 2**128 - 1
    numbers = {low, high, (low + high) // 2, max(low - 1, 0), min(high + 1, top)}
    return [("ip", version, number) for number in numbers]


def number_points(ranges, top, other):
    if not ranges:
        return {1, top, other}
    points = set()
    for low, high in ranges:
        points |= {low - 1, low, high, high + 1}
    # Port 0 is no port of anybody; FortiGate's "all" begins at 1.
    return {point for point in points if (1 if top == 65535 else 0) <= point <= top}


def points_of(matcher):
    sources = {point for end in matcher.sources for point in end_points(end)}
    targets = {point for end in matcher.targets for point in end_points(end)}
    # A computer sends and receives nothing under another's address.
    sources, targets = ({LOCAL} if matcher.direction == "out" else sources), ({LOCAL} if matcher.direction == "in" else targets)
    sources, targets = list(sources), list(targets)
    with_ports = matcher.protocol in WITH_PORTS or matcher.protocol is None
    ports = number_points(matcher.ports, 65535, 33333) if with_ports else {None}
    source_ports = number_points(matcher.source_ports, 65535, 40000) if with_ports else {None}
    icmp = matcher.protocol in (1, 58)
    types = number_points(matcher.types, 255, 77) if icmp else {None}
    return sources, targets, sorted(ports, key=str), sorted(source_ports, key=str), sorted(types, key=str)


def in_ranges(ranges, point):
    return ranges is None or point is None or any(low <= point <= high for low, high in ranges)


class Filter:
    """A set of matchers of one direction and protocol, asked with bits."""

    def __init__(self, matchers):
        self.matchers = matchers
        self.memo = {}

    def bits(self, kind, point):
        key = (kind, point)
        if key not in self.memo:
            test = {
                "source": lambda m: any(holds(end, point) for end in m.sources),
                "target": lambda m: any(holds(end, point) for end in m.targets),
                "port": lambda m: in_ranges(m.ports, point),
                "source port": lambda m: in_ranges(m.source_ports, point),
                "type": lambda m: in_ranges(m.types, point),
            }[kind]
            self.memo[key] = sum(1 << at for at, matcher in enumerate(self.matchers) if test(matcher))
        return self.memo[key]

    def passes(self, packet):
        source, target, port, source_port, kind = packet
        bits = self.bits("source", source) & self.bits("target", target)
        return bool(
            bits
            and bits & self.bits("port", port)
            and bits & self.bits("port", port) & self.bits("source port", source_port) & self.bits("type", kind)
        )


def possible(packet, number):
    """Both ends speak one version of IP, and the protocol is of it."""
    versions = {end[1] for end in packet[:2] if end[0] == "ip"}
    if len(versions) == 2:
        return False
    return not (number == 1 and 6 in versions) and not (number == 58 and 4 in versions)


def draw(matchers, seed, most):
    """Every combination of the edges of all matchers; where there are too many, each matcher's own
    and a drawn part of the others."""
    if not matchers:
        return set()
    every = [points_of(matcher) for matcher in matchers]
    axes = [sorted(set().union(*(set(points[axis]) for points in every)), key=str) for axis in range(5)]
    total = 1
    for axis in axes:
        total *= len(axis)
    if total <= most:
        return set(itertools.product(*axes))
    chooser = random.Random(seed)
    packets = set()
    each = max(most // (2 * len(matchers)), 60)
    for points in every:
        size = 1
        for axis in points:
            size *= len(axis)
        if size <= each:
            packets |= set(itertools.product(*points))
        else:
            packets |= {tuple(chooser.choice(axis) for axis in points) for _ in range(each)}
    packets |= {tuple(chooser.choice(axis) for axis in axes) for _ in range(most // 2)}
    return packets


@dataclass
class Difference:
    packets: int = 0
    wider: list = field(default_factory=list)
    narrower: list = field(default_factory=list)


def text_of(direction, number, packet):
    source, target, port, source_port, kind = packet
    parts = [direction, WORDS.get(number, str(number)), show(source), "->", show(target)]
    if port is not None:
        parts += [f"port {port}", f"from port {source_port}"]
    if kind is not None:
        parts.append(f"type {kind}")
    return " ".join(parts)


def compare(truth, rules, seed=1, most=4000, doubtful=()):
    """Where two sets of matchers let different packets through; what only a doubtful one asks for is not judged."""
    found = Difference()
    directions = {m.direction for m in truth + rules}
    numbers = {m.protocol for m in truth + rules if m.protocol is not None} | {6, 99}
    for direction in sorted(directions):
        for number in sorted(numbers):
            ours, theirs = (
                Filter([m for m in side if m.direction == direction and m.protocol in (number, None)])
                for side in (truth, rules)
            )
            open_to_doubt = Filter([m for m in doubtful if m.direction == direction and m.protocol == number])
            both = [m for m in ours.matchers + theirs.matchers]
            # Addresses of neighbours in other directions and protocols are asked here too.
            others = [m for m in truth + rules if m not in both][:20] if both else []
            probes = both + [
                Matcher(direction, number, m.sources, m.targets, m.ports if number in WITH_PORTS else None) for m in others
            ]
            for packet in draw(probes, seed, most):
                if not possible(packet, number):
                    continue
                found.packets += 1
                is_true, is_ruled = ours.passes(packet), theirs.passes(packet)
                if is_true != is_ruled and not open_to_doubt.passes(packet):
                    (found.wider if is_ruled else found.narrower).append(text_of(direction, number, packet))
    return found
