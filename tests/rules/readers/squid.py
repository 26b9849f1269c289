"""Squid: its own parser takes the file, then the access lists are put together again."""

from packets import ANY, Matcher, name, net
from tools import Refused, squid_parse
from readers.left import from_text


class Squid:
    sides = {"gateway"}
    cannot = {"proto", "url", "icmp-type", "source-port"}
    must = {6}

    def read(self, files, closed, fill):
        text = files["rules.squid.conf"].decode()
        told = from_text(text)
        text = fill(text, r"^# (acl r-named-([a-z0-9-]+)-(?:src|dst) (?:src|dst)) .*$", r"\1 @@")
        squid_parse(text)
        lists, rules, denied = {"all": ("src", ["all"])}, [], False
        for line in text.splitlines():
            words = line.split()
            if words[:1] == ["acl"]:
                if words[1] in lists:
                    raise Refused(f"two lists {words[1]}")
                lists[words[1]] = (words[2], [word for word in words[3:] if word != "-n"])
                if words[2] == "dstdomain" and "-n" not in words:
                    raise Refused("looks names up")
            elif words[:2] == ["http_access", "allow"]:
                if denied:
                    raise Refused("a rule behind the last")
                rules.append(self.rule(words[2:], lists))
            elif words == ["http_access", "deny", "all"]:
                denied = True
            elif words and not words[0].startswith("#"):
                raise Refused(f"not understood: {line}")
        if denied != closed:
            raise Refused(f"closed {closed}, but denies {denied}")
        return rules, told

    def rule(self, words, lists):
        source, target, ports = [ANY], [ANY], None
        seen = set()
        for word in words:
            dimension, ends = self.resolve(word, lists)
            if dimension in seen:
                raise Refused(f"twice: {dimension}")
            seen.add(dimension)
            if dimension == "src":
                source = ends
            elif dimension == "dst":
                target = ends
            else:
                ports = ends
        if seen - {"ports"} != {"src", "dst"} or "ports" not in seen:
            raise Refused(f"without {words}")
        return Matcher("forward", 6, source, target, None if ports == [(1, 65535)] else ports)

    def resolve(self, word, lists):
        kind, values = lists[word]
        if kind == "any-of":
            if values == ["all"]:
                return ("src" if "src" in word else "dst"), [ANY]
            found = [self.resolve(value, lists) for value in values]
            if len({dimension for dimension, _ in found}) != 1:
                raise Refused(f"mixed: {word}")
            return found[0][0], [end for _, ends in found for end in ends]
        if kind == "all-of":
            below, apex = values[0], values[1].removeprefix("!")
            (first, (domain,)), (second, (same,)) = lists[below], lists[apex]
            if not values[1].startswith("!") or domain != f".{same}" or first != second or len(values) != 2:
                raise Refused(f"not understood: {word}")
            return {"srcdomain": "src", "dstdomain": "dst"}[first], [name("wild", f"*{domain}")]
        if kind in ("src", "dst"):
            return kind, [net(value) for value in values]
        if kind in ("srcdomain", "dstdomain"):
            if any(value.startswith(".") for value in values):
                raise Refused("a domain with what is below it")
            return kind[:3], [name("fqdn", value) for value in values]
        if kind == "port":
            return "ports", [tuple(map(int, (value.split("-") * 2)[:2])) for value in values]
        raise Refused(f"not understood: {word} {kind}")
