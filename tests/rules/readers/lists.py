"""What is no filter: lists of addresses, and the two tests of connectivity."""

import re

from packets import ANY, Matcher, name, net
from tools import Refused, shellcheck
from readers.appliances import commands
from readers.clouds import directed
from readers.left import from_text


class Edl:
    """Addresses alone: protocols and ports are not compared."""

    sides = {"host", "gateway"}
    cannot = {"fqdn", "wild", "url", "named", "any"}
    addresses_only = True
    merges = True  # one list for all flows
    files = "addresses"

    def read(self, files, closed, fill):
        rules = []
        for direction in ("in", "out", "forward"):
            file = f"{self.files}.txt" if direction == "forward" else f"{self.files}-{direction}.txt"
            if file not in files:
                continue
            lines = files[file].decode().split("\n")
            ends = [self.end(line) for line in lines if line]
            if len(set(ends)) != len(ends):
                raise Refused("a line twice")
            if ends:
                rules.append(Matcher(direction, 6, [ANY], ends) if direction == "forward" else directed(direction, ends, 6, None))
        return rules, from_text(files[f"{self.files}.not-expressed.txt"].decode())

    def end(self, line):
        return net(line)


class EdlUrl(Edl):
    cannot = {"v4", "v6", "named", "any"}
    files = "hosts"

    def end(self, line):
        if "/" in line.rstrip("/"):
            return name("url", line)
        host = line.rstrip("/")
        return name("wild" if host.startswith("*.") else "fqdn", host)


class Probe:
    """One line for each address and the first port of each range."""

    sides = {"host"}
    cannot = {"side", "any-port", "named", "wild", "any", "v4", "v6", "source-port", "proto", "icmp-type"}
    must = {6, 17}
    probes = True

    def read(self, files, closed, fill):
        text = self.check(files)
        found = set()
        for word, address, port in self.lines(text):
            found.add((word, address, None if port in ("-", "0") else int(port)))
        return found, from_text(text)


class TestSh(Probe):
    def check(self, files):
        text = files["test.sh"].decode()
        shellcheck(text)
        return text

    def lines(self, text):
        return re.findall(r"^check (\S+) '([^']+)' (\S+) '", text, re.M)


class TestPs1(Probe):
    def check(self, files):
        data = files["test.ps1"]
        if not data.isascii():
            raise Refused("not ASCII")
        commands(data)
        return data.decode()

    def lines(self, text):
        return re.findall(r"^Check '(\S+)' '([^']+)' (\S+) '", text, re.M)
