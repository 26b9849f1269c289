"""CSV, Excel, Markdown and JSON: for people, and yet read back."""

import io
import json
import re

from packets import ANY, LOCAL, Matcher, name, net, protocol
from tools import Refused
from readers.left import csv_rows, from_objects, from_rows

COLUMNS = ["No.", "Direction", "Source", "Source address", "Source port", "Destination", "Destination address", "Protocol", "Port", "ICMP type", "Purpose", "Connection"]
DIRECTIONS = {"Inbound": "in", "Outbound": "out", "Forwarded": "forward"}


def end_of(text):
    if text == "this computer":
        return LOCAL
    if text == "Any":
        return ANY
    if text.startswith("‹"):
        return name("named", text.strip("‹›"))
    try:
        return net(text)
    except ValueError:
        pass
    if not re.fullmatch(r"[A-Za-z0-9*.{}:/?&=_%#-]+", text):
        raise Refused(f"not an address: {text}")
    if "/" in text:
        return name("url", text)
    return name("wild" if text.startswith("*.") else "fqdn", text)


def ports_of(text, many):
    if text in ("", "Any", None):
        return None
    return [tuple(map(int, (re.split("–| to ", item) * 2)[:2])) for item in re.split(f"{many}|, |; ", text)]


def rows_to_rules(rows, many):
    if rows[0] != COLUMNS:
        raise Refused(f"columns {rows[0]}")
    for row in rows[1:]:
        cells = dict(zip(COLUMNS, ["" if cell is None else str(cell) for cell in row]))
        if len(row) != len(COLUMNS):
            raise Refused(f"a row of {len(row)} cells")
        word = cells["Protocol"].split(" (")[0].lower().replace("ip ", "ip-")
        number = protocol(word)
        if number in (6, 17, 33, 132) and cells["Port"] == "":
            raise Refused(f"no port: {row}")
        kind = cells["ICMP type"].split(" ")[0]
        yield Matcher(
            DIRECTIONS[cells["Direction"]], number,
            [end_of(item) for item in re.split(many, cells["Source address"])],
            [end_of(item) for item in re.split(many, cells["Destination address"])],
            ports_of(cells["Port"], many), ports_of(cells["Source port"], many),
            [(int(kind), int(kind))] if kind else None,
        )


class Sheet:
    sides = {"host", "gateway"}
    cannot = set()


class Csv(Sheet):
    def read(self, files, closed, fill):
        rows = csv_rows(files["rules.csv"])
        return list(rows_to_rules(rows, "; ")), from_rows(csv_rows(files["rules.not-expressed.csv"]))


class Excel(Sheet):
    def read(self, files, closed, fill):
        import warnings

        import openpyxl

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(files["rules.xlsx"]))
        if any(cell.data_type == "f" for sheet in book for row in sheet.rows for cell in row):
            raise Refused("a formula")
        sheets = [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book]
        return list(rows_to_rules(sheets[0], "\n")), from_rows(sheets[1])


class Markdown(Sheet):
    def read(self, files, closed, fill):
        tables = [[], []]
        for line in files["rules.md"].decode().splitlines():
            if line.startswith("## "):
                table = tables[1]
            elif line.startswith("# "):
                table = tables[0]
            elif line.startswith("| ") and not re.fullmatch(r"[|: -]+", line):
                cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
                table.append([re.sub(r"\\([\\|`*_<>\[\]])", r"\1", cell.replace("`", "")) for cell in cells])
        return list(rows_to_rules(tables[0], "<br>")), from_rows(tables[1])


class Json(Sheet):
    def read(self, files, closed, fill):
        document = json.loads(files["rules.json"])
        rules = []
        for rule in document["rules"]:
            rules.append(
                Matcher(
                    rule["direction"], protocol(rule["protocol"]),
                    self.ends(rule, "source", "out"), self.ends(rule, "destination", "in"),
                    self.ports(rule["ports"]), self.ports(rule["source_ports"]),
                    None if rule["icmp_type"] is None else [(rule["icmp_type"],) * 2],
                )
            )
        return rules, from_objects(document["left"], "reason", "flow", "what")

    def ends(self, rule, key, here):
        if key not in rule:
            if rule["direction"] != here:
                raise Refused(f"no {key}")
            return [LOCAL]
        ends = []
        for item in rule[key]:
            ((kind, value),) = item.items()
            ends.append(net(value) if kind in ("v4", "v6") else ANY if kind == "any" else name(kind, value))
        return ends

    def ports(self, value):
        return None if value in ("any", "none") else [tuple(entry) for entry in value]
