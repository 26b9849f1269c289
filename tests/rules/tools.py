"""Programs that rules are handed to."""

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


class Refused(Exception):
    """A tool did not take a file."""


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=120, **options)


def in_namespace(script, folder):
    """Runs a shell script in a network namespace of its own, as its root."""
    # The kernel lets only the true root load large sets.
    own = "-n" if os.geteuid() == 0 else "-rn"
    done = run(["unshare", own, "bash", "-euo", "pipefail", "-c", script], cwd=folder)
    if done.returncode != 0:
        raise Refused(done.stderr.strip()[-800:] or f"status {done.returncode}")
    return done.stdout


def head_commands(text, program):
    """What the head of a file says to run: comment lines that begin with a program's name."""
    commands = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        command = line.lstrip("# ").strip()
        if line.startswith("#   ") and command.startswith(program):
            commands.append(command)
    return commands


def folder_of(files):
    """A folder for the files of one set of rules, removed with it."""
    keeper = tempfile.TemporaryDirectory(prefix="rules-")
    for file, data in files.items():
        path = Path(keeper.name) / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return keeper


def squid_parse(text):
    with folder_of({"squid.conf": (text + "\nhttp_port 3128\n").encode()}) as folder:
        done = run(["squid", "-k", "parse", "-f", "squid.conf"], cwd=folder)
        said = [line for line in done.stderr.splitlines() if any(w in line for w in ("ERROR", "FATAL", "WARNING", "Bungled"))]
        # Squid looks for a name of the machine and for its own folders; neither is ours.
        said = [line for line in said if "hostname" not in line.lower() and "/var/" not in line]
        if done.returncode != 0 or said:
            raise Refused("\n".join(said[:3]) or done.stderr[-300:])


def shellcheck(text):
    with folder_of({"test.sh": text.encode()}) as folder:
        done = run(["shellcheck", "test.sh"], cwd=folder)
        if done.returncode != 0:
            raise Refused(done.stdout[:600])


def environment():
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def given(what, *flags):
    """What a proof of one site is asked with: the program, the site, its facts, whether all, and options of its own."""
    from oracle import Facts

    options = argparse.ArgumentParser(description=what)
    options.add_argument("--rutter", required=True)
    options.add_argument("--site", required=True, help="ROOT=BUILT")
    options.add_argument("--all", action="store_true")
    for flag, action in flags:
        options.add_argument(flag, action=action)
    found = options.parse_args()
    root, _, built = found.site.partition("=")
    own = [getattr(found, flag.strip("-").replace("-", "_")) for flag, _ in flags]
    return found.rutter, root, Facts(built), found.all, *own
