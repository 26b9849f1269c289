"""Windows, PAN-OS, ASA and FortiGate: none of them runs here, so these readers are our own, written from
what their manuals say of each command."""

import ipaddress
import re
import shlex

from packets import ANY, LOCAL, Matcher, name, net, protocol
from tools import Refused
from readers.clouds import directed
from readers.left import from_text


def ranges(text, separator=","):
    found = []
    for item in text.split(separator):
        low, _, high = item.strip().partition("-")
        found.append((int(low), int(high or low)))
    return found


class Windows:
    sides = {"host"}
    cannot = {"fqdn", "wild", "url", "named", "proto", "icmp-type"}
    must = {1, 6, 17, 58}

    def read(self, files, closed, fill):
        data = files["rules.ps1"]
        if not data.isascii() or re.search(rb"(?<!\r)\n", data):
            raise Refused("PowerShell 5.1 reads only ASCII with CRLF for sure")
        rules, names, closes = [], set(), False
        for words in commands(data):
            if words[0] == "New-NetFirewallRule":
                rule = pairs(words[1:])
                if rule["-Name"] in names:
                    raise Refused(f"two rules {rule['-Name']}")
                names.add(rule["-Name"])
                rules.append(self.rule(rule))
            elif words[0] == "Set-NetFirewallProfile":
                rule = pairs(words[1:])
                closes = rule["-DefaultInboundAction"] == rule["-DefaultOutboundAction"] == "Block" and rule["-Enabled"] == "True"
            elif words[0] not in ("Remove-NetFirewallRule", "Out-Null"):
                raise Refused(f"not understood: {words[:2]}")
        if closes != closed:
            raise Refused(f"closed {closed}, but the profile says {closes}")
        return rules, from_text(data.decode())

    def rule(self, rule):
        known = {"-Group", "-Name", "-DisplayName", "-Description", "-Direction", "-Action", "-Protocol", "-LocalPort", "-RemotePort", "-RemoteAddress", "-IcmpType"}
        if set(rule) - known or rule["-Action"] != "Allow":
            raise Refused(f"not understood: {sorted(set(rule) - known)}")
        direction = {"Inbound": "in", "Outbound": "out"}[rule["-Direction"]]
        remote = rule["-RemoteAddress"]
        remote = remote if isinstance(remote, list) else [remote]
        remote = [ANY if item == "Any" else net(item) for item in remote]
        number = {"ICMPv4": 1, "ICMPv6": 58}.get(rule["-Protocol"]) or protocol(rule["-Protocol"])
        ours, theirs = ("-LocalPort", "-RemotePort") if direction == "in" else ("-RemotePort", "-LocalPort")
        types = [(int(rule["-IcmpType"]),) * 2] if "-IcmpType" in rule else None
        return directed(direction, remote, number, self.ports(rule, ours), self.ports(rule, theirs), types)

    def ports(self, rule, key):
        if key not in rule or rule[key] == "Any":
            return None
        values = rule[key] if isinstance(rule[key], list) else [rule[key]]
        return [entry for value in values for entry in ranges(value)]


def commands(data):
    """The commands of a PowerShell script as tree-sitter's grammar reads them; functions apart."""
    import tree_sitter
    import tree_sitter_powershell

    # The grammar does not know bare words with commas between them.
    data = data.replace(b" Domain,Private,Public ", b" 'Domain','Private','Public' ")
    tree = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language())).parse(data)
    if tree.root_node.has_error:
        raise Refused("PowerShell: a syntax error")

    def walk(node):
        if node.type == "function_statement":
            return
        if node.type == "command":
            yield [data[child.start_byte : child.end_byte].decode() for child in leaves(node)]
            return
        for child in node.children:
            yield from walk(child)

    return list(walk(tree.root_node))


def leaves(command):
    for child in command.children:
        if child.type == "command_elements":
            yield from (c for c in child.children if c.type != "command_argument_sep")
        else:
            yield child


def pairs(words):
    found, key = {}, None
    for word in words:
        if re.fullmatch(r"-[A-Za-z]+", word):
            key = word
            found[key] = None
        else:
            values = quoted(word)
            found[key] = values[0] if len(values) == 1 else values
    return found


def quoted(word):
    if not word.startswith("'"):
        return word.split(",")
    if not re.fullmatch(r"'(?:[^']|'')*'(?:,'(?:[^']|'')*')*", word):
        raise Refused(f"not understood: {word}")
    return [item[1:-1].replace("''", "'") for item in re.findall(r"'(?:[^']|'')*'", word)]


class Panos:
    sides = {"gateway"}
    cannot = {"wild", "url", "named", "proto", "icmp-type", "source-port"}
    must = {6, 17, 132}

    def read(self, files, closed, fill):
        text = files["rules.panos.txt"].decode()
        addresses, services, rules, last = {}, {}, [], None
        for line in filter(None, text.splitlines()):
            words = shlex.split(line)
            if words[:2] == ["set", "address"]:
                if words[2] in addresses or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}", words[2]):
                    raise Refused(f"name {words[2]}")
                addresses[words[2]] = net(words[4]) if words[3] == "ip-netmask" else name({"fqdn": "fqdn"}[words[3]], words[4])
            elif words[:2] == ["set", "service"]:
                if words[2] in services or len(words[2]) > 63:
                    raise Refused(f"name {words[2]}")
                services[words[2]] = self.service(words[3:])
            elif words[:4] == ["set", "rulebase", "security", "rules"]:
                if last == "deny":
                    raise Refused("a rule behind the last")
                last = self.rule(words[4:], addresses, services, rules)
            elif words[:1] != ["delete"]:
                raise Refused(f"not understood: {line}")
        if closed != (last == "deny"):
            raise Refused(f"closed {closed}, but ends with {last}")
        return rules, from_text(files["rules.panos.not-expressed.txt"].decode())

    def service(self, words):
        keys = dict(zip(words[::2], words[1::2]))
        if set(keys) - {"protocol"} - set(keys["protocol"].split()) - {"port", "source-port"}:
            raise Refused(f"not understood: {words}")
        rest = words[2:]
        found = dict(zip(rest[::2], rest[1::2]))
        port = ranges(found["port"])
        return protocol(words[1]), None if port == [(0, 65535)] else port, ranges(found["source-port"]) if "source-port" in found else None

    def rule(self, words, addresses, services, rules):
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}", words[0]):
            raise Refused(f"name {words[0]}")
        keys = {"from", "to", "source", "destination", "application", "service", "action", "description"}
        found, at = {}, 1
        while at < len(words):
            if words[at] not in keys:
                raise Refused(f"not understood: {words[at:]}")
            if words[at + 1] == "[":
                end = words.index("]", at)
                found[words[at]] = words[at + 2 : end]
                at = end + 1
            else:
                found[words[at]] = [words[at + 1]]
                at += 2
        if found["from"] != ["any"] or found["to"] != ["any"] or found["application"] != ["any"]:
            raise Refused(f"not understood: {found}")
        ends = [[ANY] if found[end] == ["any"] else [addresses[item] for item in found[end]] for end in ("source", "destination")]
        if found["action"] == ["deny"]:
            if ends != [[ANY], [ANY]] or found["service"] != ["any"]:
                raise Refused("denies only some")
            return "deny"
        for service in found["service"]:
            number, ports, source_ports = services[service]
            rules.append(Matcher("forward", number, *ends, ports, source_ports))
        return "allow"


class Asa:
    sides = {"gateway"}
    stands_for = {"fqdn": 4}
    cannot = {"wild", "url", "named", "proto"}
    must = {1, 6, 17, 50, 47, 58, 51, 132}

    def read(self, files, closed, fill):
        text = files["rules.asa.txt"].decode()
        objects, rules, current, denied, bound = {}, [], None, False, False
        for line in text.splitlines():
            if line.startswith("!") or not line.strip():
                continue
            words = line.split()
            if words[:2] == ["object", "network"]:
                current = words[2]
            elif words[:2] == ["fqdn", "v4"] and line.startswith(" "):
                objects[current] = name("fqdn", words[2])
            elif words[:3] == ["clear", "configure", "access-list"]:
                if words[3] != "rutter":
                    raise Refused(f"not understood: {line}")
            elif words[:1] == ["access-group"]:
                bound = words[1:] == ["rutter", "global"]
            elif words[:3] == ["access-list", "rutter", "extended"]:
                if words[3:] == ["deny", "ip", "any", "any"]:
                    denied = True
                elif words[3] == "permit" and not denied:
                    rules.append(self.rule(words[4:], objects))
                else:
                    raise Refused(f"not understood: {line}")
            elif words[:3] != ["access-list", "rutter", "remark"]:
                raise Refused(f"not understood: {line}")
            elif len(line) > 100 + len("access-list rutter remark "):
                raise Refused("a long remark")
        if closed != denied or closed != bound:
            raise Refused(f"closed {closed}, but denies {denied}, in force {bound}")
        return rules, from_text(text)

    def rule(self, words, objects):
        number, words = protocol(words[0]), words[1:]
        source, words = self.end(words, objects)
        source_ports, words = self.ports(words, number)
        target, words = self.end(words, objects)
        ports, words = self.ports(words, number)
        types = None
        if words and number in (1, 58):
            types, words = [(int(words[0]), int(words[0]))], words[1:]
        if words:
            raise Refused(f"not understood: {words}")
        return Matcher("forward", number, [source], [target], ports, source_ports, types)

    def end(self, words, objects):
        if words[0] in ("any", "any4", "any6"):
            return {"any": ANY, "any4": net("0.0.0.0/0"), "any6": net("::/0")}[words[0]], words[1:]
        if words[0] == "host":
            return net(words[1]), words[2:]
        if words[0] == "object":
            return objects[words[1]], words[2:]
        if ":" in words[0]:
            return net(words[0]), words[1:]
        return net(f"{words[0]}/{words[1]}"), words[2:]

    def ports(self, words, number):
        if number in (1, 58):
            return None, words
        if words[:1] == ["eq"]:
            return [(int(words[1]), int(words[1]))], words[2:]
        if words[:1] == ["range"]:
            return [(int(words[1]), int(words[2]))], words[3:]
        return None, words


class Fortigate:
    sides = {"gateway"}
    stands_for = {"fqdn": 4, "wild": 4}
    cannot = {"url", "named", "proto", "wild", "source-port"}
    must = {1, 6, 17, 50, 47, 132}

    def read(self, files, closed, fill):
        text = files["rules.fortigate.txt"].decode()
        addresses, addresses6, services, policies = {"all": [ANY]}, {"all": [ANY]}, {"ALL": [(None, None, None, None)]}, []
        for kind, edit, values in self.blocks(text):
            if len(edit) > (79 if kind.endswith(("address", "address6")) else 79):
                raise Refused(f"name {edit}")
            if kind == "firewall address":
                addresses[edit] = self.address(values)
            elif kind == "firewall address6":
                addresses6[edit] = [net(values["ip6"][0])] if "ip6" in values else [name("fqdn", values["fqdn"][0])]
            elif kind == "firewall service custom":
                services[edit] = list(self.service(values))
            elif kind == "firewall policy":
                policies.append((int(edit), values))
            else:
                raise Refused(f"not understood: {kind}")
        rules, denied = [], False
        for _, values in sorted(policies, key=lambda p: p[0]):
            if len(values["name"][0]) > 35 or values["srcintf"] != ["any"] or values["dstintf"] != ["any"] or values["schedule"] != ["always"]:
                raise Refused(f"not understood: {values}")
            if values["action"] == ["deny"]:
                denied = all(values.get(k) == ["all"] for k in ("srcaddr", "dstaddr", "srcaddr6", "dstaddr6")) and values["service"] == ["ALL"]
                continue
            if denied or values["action"] != ["accept"]:
                raise Refused("a rule behind the last")
            rules += self.rule(values, addresses, addresses6, services)
        if closed != denied:
            raise Refused(f"closed {closed}, but denies {denied}")
        return rules, from_text(text)

    def blocks(self, text):
        kind = edit = values = None
        for line in text.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            words = shlex.split(line)
            if words[0] == "config":
                kind = " ".join(words[1:])
            elif words[0] == "edit":
                edit, values = words[1], {}
            elif words[0] == "set":
                values[words[1]] = words[2:]
            elif words[0] == "next":
                yield kind, edit, values
            elif words[0] not in ("end", "unset", "delete"):
                raise Refused(f"not understood: {line}")

    def address(self, values):
        if values.get("type") == ["fqdn"]:
            host = values["fqdn"][0]
            return [name("wild" if host.startswith("*.") else "fqdn", host)]
        return [net("/".join(values["subnet"]))]

    def service(self, values):
        if "protocol" in values and values["protocol"][0] in ("ICMP", "ICMP6"):
            types = values.get("icmptype")
            yield (1 if values["protocol"] == ["ICMP"] else 58), None, None, types and [(int(types[0]), int(types[0]))]
        elif "protocol" in values and values["protocol"] == ["IP"]:
            yield int(values["protocol-number"][0]), None, None, None
        for key, items in values.items():
            if key.endswith("-portrange"):
                for item in items:
                    ports, _, source = item.partition(":")
                    found = ranges(ports)
                    yield protocol(key.split("-")[0]), None if found == [(1, 65535)] else found, ranges(source) if source else None, None

    def rule(self, values, addresses, addresses6, services):
        for suffix, known in (("", addresses), ("6", addresses6)):
            sources, targets = values.get(f"srcaddr{suffix}"), values.get(f"dstaddr{suffix}")
            if bool(sources) != bool(targets):
                raise Refused("one end alone")
            if not sources:
                continue
            for service in values["service"]:
                for number, ports, source_ports, types in services[service]:
                    yield Matcher("forward", number, [e for s in sources for e in known[s]], [e for t in targets for e in known[t]], ports, source_ports, types)
