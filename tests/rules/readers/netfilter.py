"""nftables and iptables, as the kernel has them after loading, and what aclgen makes of a policy for nftables."""

import json
import re
import shlex
import socket

from packets import ANY, Matcher, net, protocol
from tools import Refused, head_commands, in_namespace, run
from readers.left import from_text

CHAINS = {"input": "in", "output": "out", "forward": "forward", "rutter-in": "in", "rutter-out": "out", "rutter-forward": "forward"}
FAMILIES = {"ipv4": 4, "ipv6": 6, 2: 4, 10: 6, "2": 4, "10": 6}
HOOKS = """
add table inet filter
add chain inet filter input { type filter hook input priority 0; policy drop; }
add chain inet filter output { type filter hook output priority 0; policy drop; }
add chain inet filter forward { type filter hook forward priority 0; policy drop; }
add rule inet filter input tcp dport 2222 accept
add rule inet filter output tcp dport 2222 accept
add rule inet filter forward tcp dport 2222 accept
add table ip other
add chain ip other mine
add rule ip other mine tcp dport 3333 drop
"""
# What a closed table lets through for its own sake.
OWN = [
    ({"state"}, {"established", "related", 2, 4, "2", "4"}),
    ({"iif", "iifname"}, {"lo"}),
    ({"oif", "oifname"}, {"lo"}),
]
DISCOVERY = {133, 134, 135, 136}


class Nftables:
    sides = {"host", "gateway"}
    cannot = {"fqdn", "wild", "url"}
    stands_for = {"named": 4}

    def read(self, files, closed, fill):
        text = files["rules.nft"].decode()
        text = fill(text, r"^# define (addr-([a-z0-9-]+)) = .*$", r"define \1 = { @@ }")
        return load_nft(text, closed), from_text(text)


def load_nft(text, closed):
    from tools import folder_of

    with folder_of({"rules.nft": text.encode(), "hooks.nft": HOOKS.encode()}) as folder:
        jumps = [c for c in head_commands(text, "nft add rule")]
        wanted = 0 if closed else text.count("\nadd chain ")
        if len(jumps) != wanted:
            raise Refused(f"the head names {len(jumps)} jumps, not {wanted}")
        script = "nft -f hooks.nft; nft -a list ruleset | sed 's/ # handle.*//' > before\n"
        script += "nft -c -f rules.nft\nnft -f rules.nft\n" + "\n".join(jumps) + "\nnft -nn -j list ruleset > once\n"
        script += "nft -f rules.nft\nnft -nn -j list ruleset > twice; nft list ruleset > after; cat before; echo ======; cat after; echo ======; cat once; echo ======; cat twice"
        before, after, once, twice = in_namespace(script, folder).split("======\n")
    if without_handles(once) != without_handles(twice):
        raise Refused("loaded twice it is not as loaded once")
    rest = set(after.splitlines())
    if any(line not in rest for line in before.splitlines() if line.strip()):
        raise Refused("loading it changed rules of others")
    return list(nft_rules(json.loads(twice)["nftables"], closed))


def without_handles(text):
    return sorted(json.dumps({k: v for k, v in item.items() if k != "handle"}, sort_keys=True)
                  for entry in json.loads(text)["nftables"] for item in entry.values())


def nft_rules(items, closed, table="rutter"):
    for item in items:
        chain = item.get("chain")
        if closed and chain and chain["table"] == table and chain.get("policy") not in ("drop", None):
            raise Refused(f"chain {chain['name']} has policy {chain.get('policy')}")
        rule = item.get("rule")
        if not rule or rule["table"] != (table if closed else "filter") or rule["chain"] not in CHAINS:
            continue
        if not closed and not rule["chain"].startswith("rutter-"):
            continue
        yield from nft_rule(rule, CHAINS[rule["chain"]])


def flat(value):
    """The values of the right side of a match."""
    if isinstance(value, dict) and "set" in value:
        return [item for entry in value["set"] for item in flat(entry)]
    if isinstance(value, list):
        return [item for entry in value for item in flat(entry)]
    return [value]


def nft_net(value):
    if isinstance(value, dict) and "prefix" in value:
        return net(f"{value['prefix']['addr']}/{value['prefix']['len']}")
    if isinstance(value, dict) and "range" in value:
        low, high = (net(item) for item in value["range"])
        return ("net", low[1], low[2], high[3])
    return net(value)


def nft_number(value):
    if isinstance(value, dict) and "range" in value:
        return (int(value["range"][0]), int(value["range"][1]))
    return (int(value), int(value))


def nft_rule(rule, direction):
    family, number, seen = None, None, set()
    sources, targets, ports, source_ports, types = None, None, None, None, None
    accepts = False
    for part in rule["expr"]:
        if "accept" in part:
            accepts = True
            continue
        if "match" not in part:
            if set(part) <= {"counter", "comment"}:
                continue
            raise Refused(f"not understood: {part}")
        left, right = part["match"]["left"], part["match"]["right"]
        if part["match"]["op"] not in ("==", "in"):
            raise Refused(f"not understood: {part}")
        if "ct" in left:
            seen.add(("state", tuple(sorted(map(str, flat(right))))))
        elif "meta" in left:
            key = left["meta"]["key"]
            if key == "l4proto":
                number = protocol(flat(right)[0])
                if len(flat(right)) != 1:
                    raise Refused("several protocols")
            elif key == "nfproto":
                family = FAMILIES[right]
            else:
                seen.add((key, str(right)))
        elif left["payload"]["field"] in ("saddr", "daddr"):
            ends = [nft_net(value) for value in flat(right)]
            family = {"ip": 4, "ip6": 6}[left["payload"]["protocol"]]
            if left["payload"]["field"] == "saddr":
                sources = ends
            else:
                targets = ends
        elif left["payload"]["field"] in ("dport", "sport"):
            found = [nft_number(value) for value in flat(right)]
            if left["payload"]["protocol"] != "th":
                number = protocol(left["payload"]["protocol"])
            if left["payload"]["field"] == "dport":
                ports = found
            else:
                source_ports = found
        elif left["payload"]["protocol"] in ("icmp", "icmpv6") and left["payload"]["field"] == "type":
            number = protocol(left["payload"]["protocol"])
            family = 4 if number == 1 else 6
            types = [nft_number(value) for value in flat(right)]
        elif left["payload"]["field"] in ("protocol", "nexthdr"):
            number = protocol(right)
        else:
            raise Refused(f"not understood: {part}")
    if not accepts:
        raise Refused(f"a rule that does not accept: {rule['expr']}")
    if any(kind in ("iif", "oif", "iifname", "oifname") for kind, _ in seen):
        return
    if ("state", ("established", "related")) in seen or ("state", ("2", "4")) in seen or ("state", ("6",)) in seen:
        return
    if number == 58 and types and not seen and {low for low, _ in types} <= DISCOVERY:
        return
    everywhere = ANY if family is None else net("0.0.0.0/0" if family == 4 else "::/0")
    yield Matcher(direction, number, sources or [everywhere], targets or [everywhere], ports, source_ports, types)


class Iptables:
    sides = {"host", "gateway"}
    cannot = {"fqdn", "wild", "url", "named"}

    def read(self, files, closed, fill):
        texts = {4: files["rules.v4"].decode(), 6: files["rules.v6"].decode()}
        rules = []
        for version, text in texts.items():
            rules += list(load_iptables(text, version, closed))
        return rules, from_text(texts[4]) | from_text(texts[6]) if texts[6] else from_text(texts[4])

    def per_file(self, files):
        return [from_text(files["rules.v4"].decode()), from_text(files["rules.v6"].decode())]


FOREIGN = "*filter\n:INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n:MINE - [0:0]\n-A INPUT -p tcp --dport 2222 -j ACCEPT\n-A MINE -j DROP\nCOMMIT\n"


def load_iptables(text, version, closed):
    from tools import folder_of

    program = "iptables" if version == 4 else "ip6tables"
    with folder_of({"rules": text.encode(), "foreign": FOREIGN.encode()}) as folder:
        jumps = [c for c in head_commands(text, program) if not c.startswith(f"{program}-restore")]
        load = f"{program}-restore --test --noflush < rules\n{program}-restore --noflush < rules\n" + "\n".join(jumps) + "\n"
        save = f"{program}-save | grep -v '^#' | sed 's/\\[[0-9:]*\\]//'"
        script = f"{program}-restore < foreign\n{save} > before\n{load}{save} > once\n{load}{save} > twice\ncat before; echo ======; cat once; echo ======; cat twice"
        before, once, twice = in_namespace(script, folder).split("======\n")
    if once != twice:
        raise Refused("loaded twice it is not as loaded once")
    kept = [line for line in twice.splitlines() if "RUTTER" not in line]
    if kept != before.splitlines():
        raise Refused("loading it changed rules of others")
    chains = {"RUTTER-IN": "in", "RUTTER-OUT": "out", "RUTTER-FORWARD": "forward"}
    hooked = {"INPUT": "RUTTER-IN", "OUTPUT": "RUTTER-OUT", "FORWARD": "RUTTER-FORWARD"}
    for line in twice.splitlines():
        words = shlex.split(line)
        if words[:1] == ["-A"] and words[1] in chains:
            yield from iptables_rule(words[2:], chains[words[1]], version, closed)
        elif words[:1] == ["-A"] and "RUTTER" in line and hooked[words[1]] != words[-1]:
            raise Refused(f"jumps from the wrong chain: {line}")


def iptables_number(text):
    low, _, high = text.partition(":")
    return (int(low), int(high or low))


def protocol_of(word):
    try:
        return protocol(word)
    except ValueError:
        return socket.getprotobyname(word)


def iptables_rule(words, direction, version, closed):
    everywhere = net("0.0.0.0/0" if version == 4 else "::/0")
    rule = Matcher(direction, None, [everywhere], [everywhere])
    state, target, at = None, None, 0
    while at < len(words):
        word, value = words[at], words[at + 1] if at + 1 < len(words) else None
        at += 2
        if word == "-s":
            rule.sources = [net(value)]
        elif word == "-d":
            rule.targets = [net(value)]
        elif word == "-p":
            rule.protocol = protocol_of(value)
        elif word in ("--dport", "--dports"):
            rule.ports = [iptables_number(item) for item in value.split(",")]
        elif word in ("--sport", "--sports"):
            rule.source_ports = [iptables_number(item) for item in value.split(",")]
        elif word in ("--icmp-type", "--icmpv6-type"):
            if not re.fullmatch(r"\d+", value):
                raise Refused(f"type {value}")
            rule.types = [(int(value), int(value))]
        elif word == "--ctstate":
            state = set(value.split(","))
        elif word == "-j":
            target = value
        elif word in ("-m", "--comment"):
            pass
        elif word in ("-i", "-o") and value == "lo":
            return
        else:
            raise Refused(f"not understood: {words}")
    if target == "DROP" and closed and rule.protocol is None:
        return
    if target == "ACCEPT" and state == {"RELATED", "ESTABLISHED"}:
        return
    if target == "ACCEPT" and rule.protocol == 58 and rule.types and rule.types[0][0] in DISCOVERY and state is None:
        return
    if target != "ACCEPT":
        raise Refused(f"not understood: {words}")
    yield rule


class Aerleon:
    """A policy for aclgen; its nftables are loaded and read back."""

    sides = {"gateway"}
    cannot = {"fqdn", "wild", "url", "named", "icmp-type", "source-port", "proto"}
    must = {6, 17}
    slow = True

    def read(self, files, closed, fill):
        from tools import folder_of

        told = set().union(*(from_text(data.decode()) for data in files.values()))
        if not any(file.startswith("policies/") for file in files):
            return [], told
        import sys
        from pathlib import Path

        with folder_of(files) as folder:
            program = Path(sys.executable).parent / "aclgen"
            done = run([str(program), "--base_directory", "policies", "--definitions_directory", "def", "--output_directory", "out", "--max_renderers", "1"], cwd=folder)
            made = list(Path(folder, "out").glob("*.nft*")) if Path(folder, "out").is_dir() else []
            if done.returncode != 0 or not made:
                raise Refused((done.stderr + done.stdout)[-600:])
            text = "\n".join(file.read_text() for file in sorted(made))
            listed = in_namespace("nft -f rules >&2 && nft -nn -j list ruleset", _write(folder, text))
        rules = []
        for item in json.loads(listed)["nftables"]:
            rule = item.get("rule")
            if rule and any("accept" in part for part in rule["expr"]) and not any("goto" in p or "jump" in p for p in rule["expr"]):
                rules += list(nft_rule(rule, "forward"))
        return rules, told


def _write(folder, text):
    from pathlib import Path

    Path(folder, "rules").write_text(text)
    return folder
