"""What the files of a format say they leave out."""

import csv
import io
import json
import re

WORDS = (
    "depends one-of one-line loopback internal same-zone random configured unpublished unknown see none-for-choice "
    "template path fqdn wild url named any v4 v6 any-port proto limit no-common-family side block unstated "
    "source-port icmp-type"
).split()
LINE = re.compile(rf"^[#!/ ]*({'|'.join(WORDS)}) ([a-z0-9-]+/[a-z0-9-]+) ?(.*)$")


def from_text(text):
    """Lines `reason flow what[: sentence]` behind the title of the trailer."""
    told = set()
    for line in text.splitlines():
        found = LINE.match(line.rstrip("\r"))
        if found:
            told.add((found[1], found[2], found[3].split(": ")[0].rstrip(":").strip()))
    return told


def from_objects(items, reason, flow, what):
    return {(item[reason], item[flow], item[what]) for item in items}


def from_rows(rows):
    return {(row[0], row[1], row[2] or "") for row in rows if row[0] in WORDS}


def csv_rows(data):
    text = data.decode("utf-8")
    if not text.startswith("\ufeff") or re.search(r"(?<!\r)\n", text):
        raise ValueError("no byte order mark, or a bare line feed")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    if any(cell[:1] in ("=", "+", "-", "@", "\t") for row in rows for cell in row if cell):
        raise ValueError("a cell that a spreadsheet takes for a formula")
    return [row for row in rows if any(row)]


def said_on_stderr(text):
    told = set()
    for line in text.splitlines():
        if line.startswith("left out: "):
            told |= from_text(line.removeprefix("left out: "))
    return told


def metadata(text, *path):
    item = json.loads(text)
    for key in path:
        item = item[key]
    return item
