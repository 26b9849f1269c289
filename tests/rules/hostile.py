"""Names, purposes and titles that try to break out of a file: the rules stay what they are."""

import itertools
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from cases import addresses
from judge import Case, Fill, ask
from oracle import Selection
from readers import READERS
from tools import Refused, given

WORDS = [
    "'\"`\\",
    "$(touch /tmp/x) `id` ${HOME} ${var.x} %{ if true }",
    "a\nCOMMIT\n*filter\n-A INPUT -j ACCEPT",
    "a\r\nset rulebase security rules x action allow",
    "@trailer@ @rules@ @comment@",
    "a\u202ereversed\u2028line\u2029",
    "x" * 10000,
    "=cmd|' /C calc'!A0",
    "-->]]></t><br>|<script>",
    "’; Remove-NetFirewallRule ‘“”",
    "\"; accept; }\nadd rule inet filter input accept #",
    "*/ \\ --\t\v",
    "名前「」のポート",
    "! exit\n access-list rutter extended permit ip any any",
]
# What a line of a comment, of a name or of a text looks like in the formats of filters.
COMMENT = re.compile(rb"^\s*(#|!).*$", re.M)
HEAD = re.compile(rb"\A[^\n]*\n")
TEXTS = re.compile(rb'"(product|Product|scenario|Scenario|text|Text|versions|Versions)": "(?:[^"\\]|\\.)*"')


def site_with(root, word, folder):
    """The site with a word in every name, purpose and title; `None` where `check` refuses it."""
    shutil.copytree(root, folder)
    number = itertools.count(1)

    def written():
        # Two connections of one name and one purpose are one row of a sheet.
        return json.dumps(f"{word}{next(number)}", ensure_ascii=False)

    for path in Path(folder).glob("content/**/*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(purpose: \{ en: )[^}]*( \})", lambda m: m[1] + written() + m[2], text)
        text = re.sub(r"(?m)(\b(?:name|title): )(?!\{)[^,}\n]+", lambda m: m[1] + written(), text)
        path.write_text(text, encoding="utf-8")


def bare(files):
    """Files without their remarks; what is not expressed has a head of one line."""
    headless = {file: HEAD.sub(b"", data) if "not-expressed" in file else data for file, data in files.items()}
    return {file: TEXTS.sub(b"", COMMENT.sub(b"", data)) for file, data in headless.items()}


def read(case, files):
    fill = Fill()
    rules, told = READERS[case.format].read(files, case.closed, fill)
    if isinstance(rules, set):
        return sorted(rules, key=str), told
    return [str(rule) for rule in fill.back(rules)], told


SHEETS = {"csv", "xlsx", "markdown", "json"}


def prove(rutter, root, facts, everything, only=None):
    """How many files were compared, how many words got through `check`, and what differed."""
    chooser = random.Random(3)
    selection = Selection("every", "east", addresses=addresses(facts, "every", chooser, False))
    clean, wrong, compared, taken = {}, [], 0, 0
    formats = [(f, side) for f, reader in READERS.items() for side in ("host:every/gate", "gateway-all") if side.split(":")[0].split("-")[0] in reader.sides and only in (None, f)]
    for identifier, side in formats:
        case = Case(root, selection, side, identifier, True)
        clean[identifier, side] = ask(rutter, case)[0]
    words = WORDS if everything else [*chooser.sample(WORDS, 2), WORDS[2], WORDS[4], WORDS[6]]
    for word in words:
        with tempfile.TemporaryDirectory() as keeper:
            folder = str(Path(keeper) / "site")
            site_with(root, word, folder)
            done = subprocess.run([rutter, "rules", "--root", folder, "every", "--side", "gateway", "--for", "json"], capture_output=True, text=True)
            if done.returncode != 0:
                if "error[" not in done.stderr:
                    wrong.append(f"{word[:30]!r}: {done.stderr[-200:]}")
                continue
            taken += 1
            for identifier, side in formats:
                compared += 1
                wrong += differing(rutter, Case(folder, selection, side, identifier, True), clean[identifier, side], word)
    return compared, taken, wrong


def differing(rutter, case, clean, word):
    try:
        files = ask(rutter, case)[0]
        if case.format not in SHEETS and bare(files) != bare(clean):
            return [f"{word[:30]!r} changes {case.format}"]
        # What a tool makes of it is asked where the bytes can't tell.
        if (case.format in SHEETS or case.format in ("nftables", "iptables", "terraform", "windows", "squid", "test-sh")) and read(case, files) != read(case, clean):
            return [f"{word[:30]!r} changes what is read of {case.format}"]
    except (Refused, ValueError, KeyError) as error:
        return [f"{word[:30]!r} breaks {case.format}: {str(error)[:200]}"]
    return []


def main():
    rutter, root, facts, whole, only = given(__doc__, ("--only", "store"))
    compared, taken, wrong = prove(rutter, root, facts, whole, only)
    for one in wrong:
        print(one)
    print(f"{compared} sets of files with {taken} hostile words, {len(wrong)} wrong")
    sys.exit(1 if wrong or not taken else 0)


if __name__ == "__main__":
    main()
