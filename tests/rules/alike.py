#!/usr/bin/env python3
"""Formats of gateways, read by a program that is not ours: fwshift compares what two firewalls let through."""

import json
import random
import re
import sys
from pathlib import Path

from cases import addresses
from judge import OF_FORMATS, Case, ask
from oracle import Selection
from tools import Refused, folder_of, given, run

# How fwshift calls a format, and the file that it reads.
READ = {
    "nftables": ("nftables", "rules.nft"), "iptables": ("iptables", "rules.v4"), "panos": ("panos", "rules.panos.txt"),
    "asa": ("asa", "rules.asa.txt"), "fortigate": ("fortios", "rules.fortigate.txt"),
}


def hooked(text):
    """Our chain of iptables where its head says that it belongs, behind a policy that drops; one address a rule, as
    iptables makes of a list, since fwshift reads what was saved."""
    lines = text.splitlines()
    for option in ("-s", "-d"):
        found = [(line, re.search(rf" {option} (\S+,\S+) ", line)) for line in lines]
        lines = [line.replace(list[0], f" {option} {one} ") if list else line for line, list in found for one in (list[1].split(",") if list else [""])]
    text = "\n".join(lines) + "\n"
    text = text.replace("*filter\n", "*filter\n:FORWARD DROP [0:0]\n", 1)
    return text.replace("\nCOMMIT\n", "\n-A FORWARD -j RUTTER-FORWARD\nCOMMIT\n", 1)


def differences(first, second):
    """What differs between two formats, each with its text; `None` where fwshift can't tell."""
    (one, own), (other, text) = first, second
    if other == "iptables":
        text = hooked(text)
    with folder_of({"first": own.encode(), "second": text.encode()}) as folder:
        program = Path(sys.executable).parent / "fwshift"
        done = run([str(program), "compare", "--json", "--fail-on", "none", "--from", READ[one][0], "--from-second", READ[other][0], "first", "second"], cwd=folder)
        if done.returncode != 0:
            raise Refused(f"fwshift: {done.stderr[-300:]}")
        found = json.loads(done.stdout)
    # IPv6 is a file of its own, and FortiGate begins at port 1, as "any" does there.
    versions = {4} if other == "iptables" else {4, 6}
    return [
        f"{item['change']} {connection}"
        for item in found["differences"]
        for connection in item["connections"]
        if connection["version"] in versions
    ]


def cases(facts, root, everything):
    chooser = random.Random(7)
    named = [(product, s and s["id"]) for product, entry in facts.products.items() for s in [None, *entry["scenarios"]]]
    for product, scenario in named if everything else chooser.sample(named, 4):
        given = addresses(facts, product, chooser, False)
        # Names are looked up by some and not by others.
        given = {c: [a for a in list if a[-1].isdigit()] or ["10.200.0.1"] for c, list in given.items()}
        selection = Selection(product, scenario, addresses=given, open_all=True)
        for side in ("gateway", "gateway-all") if everything else ("gateway-all",):
            yield selection, side


def main():
    rutter, root, facts, everything = given(__doc__)
    compared, wrong = 0, []
    for selection, side in cases(facts, root, everything):
        files, left = {}, {}
        for identifier, (_, file) in READ.items():
            written, told = ask(rutter, Case(root, selection, side, identifier, True))
            files[identifier] = written[file].decode()
            left[identifier] = {entry for entry in told if entry[0] in OF_FORMATS}
        for identifier in READ:
            # What one can't say of a flow is no difference of the other.
            if identifier == "nftables" or left[identifier] != left["nftables"]:
                continue
            compared += 1
            found = differences(("nftables", files["nftables"]), (identifier, files[identifier]))
            wrong += [f"{identifier} {selection.product} {selection.scenario} {side}: {one}" for one in found[:3]]
    for one in wrong:
        print(one)
    print(f"{compared} sets of rules compared with nftables, {len(wrong)} differences")
    sys.exit(1 if wrong or not compared else 0)


if __name__ == "__main__":
    main()
