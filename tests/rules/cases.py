"""Which selections, sides and formats are asked."""

import random

from judge import Case
from oracle import Selection, local
from readers import READERS


def addresses(facts, product, chooser, inside_only):
    """Addresses for the parties of a product: one or two each, of every kind."""
    given = {}
    for at, component in enumerate(facts.parties(product), 1):
        if inside_only and facts.components[component]["zone"] == "internet":
            continue
        kinds = [
            [f"10.{at}.0.{chooser.randrange(1, 250)}"],
            [f"10.{at}.{chooser.choice([0, 64, 128])}.0/{chooser.choice([18, 24, 31])}"],
            [f"2001:db8:{at:x}::{chooser.randrange(1, 999):x}"],
            [f"2001:db8:{at:x}::/64", f"172.16.{at}.0/24"],
            [f"192.168.{at}.1", f"192.168.{at}.2", f"192.168.{at}.3"],
            [f"10.{at}.7.0/24", f"10.{at}.7.9", f"fd00:{at:x}::1"],
            [f"host-{at}.example.org"],
            [f"*.zone-{at}.example.org", f"10.{at}.9.9"],
        ]
        given[component] = chooser.choice(kinds)
    return given


def of_scenarios(facts, chooser):
    for product, entry in facts.products.items():
        for scenario in [None] + [s["id"] for s in entry["scenarios"]]:
            for inside_only in (False, True, None):
                given = {} if inside_only is None else addresses(facts, product, chooser, inside_only)
                yield Selection(product, scenario, addresses=given)


def at_random(facts, chooser):
    product = chooser.choice(list(facts.products))
    scenarios = [None] + [s["id"] for s in facts.products[product]["scenarios"]]
    selection = Selection(product, chooser.choice(scenarios))
    for option in facts.options_of(product):
        if chooser.random() < 0.7:
            choices = [choice["id"] for choice in facts.options[option]["choices"]] or ["enabled", "disabled"]
            selection.choose[option] = set(chooser.sample(choices, chooser.choice([1, 1, 1, min(2, len(choices)), len(choices)])))
    parties = facts.parties(product)
    selection.without = set(chooser.sample(parties, chooser.choice([0, 0, 1, 2])))
    for group in facts.groups:
        if group[0][0].startswith(product + "/") and chooser.random() < 0.6:
            selection.ways.add(local(chooser.choice(group)[0]))
    for flow in facts.of(product):
        ports = [entry["port"] for line in flow["lines"] for entry in line]
        if flow["need"] == "one" and chooser.random() < 0.6:
            line = chooser.choice(flow["lines"])
            selection.lines[local(flow["id"])] = f"{line[0]['port']}/{'+'.join(e['transport'] for e in line)}"
        if "configured" in ports and chooser.random() < 0.7:
            selection.values[local(flow["id"])] = chooser.choice([1, 65535, 8443, 6050])
    if chooser.random() < 0.15:
        selection.open_all, selection.ways, selection.lines = True, set(), {}
    given = addresses(facts, product, chooser, chooser.random() < 0.3)
    selection.addresses = {c: a for c, a in given.items() if chooser.random() < 0.8}
    selection.keep_published = chooser.random() < 0.2
    return selection


def sides(facts, product):
    return [f"host:{component}" for component in facts.parties(product)] + ["gateway", "gateway-all"]


def every(facts, root, seed, drawn):
    """All cases of a site: its scenarios on every side, and drawn selections, each format in turn open and closed."""
    chooser = random.Random(seed)
    selections = list(of_scenarios(facts, chooser)) + [at_random(facts, chooser) for _ in range(drawn)]
    for selection in selections:
        for side in sides(facts, selection.product):
            kind = side.split(":")[0].split("-")[0]
            for identifier, reader in READERS.items():
                if kind in reader.sides:
                    yield Case(root, selection, side, identifier, chooser.random() < 0.5)


def sample(cases, amount, seed):
    """So many cases of each format."""
    chooser = random.Random(seed)
    chosen = []
    for identifier in READERS:
        of_format = [case for case in cases if case.format == identifier]
        wanted = max(amount // 3, 2) if getattr(READERS[identifier], "slow", False) else amount
        chosen += chooser.sample(of_format, min(wanted, len(of_format)))
    return chosen
