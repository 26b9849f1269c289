"""test.sh, run in a network of its own: ports that listen, that are closed and that are filtered."""

import sys

from judge import Case, ask
from oracle import Selection
from tools import folder_of, given, in_namespace

# Two computers on the loopback device: one listens, one drops what is sent to it.
LISTENING, DROPPING, CLOSED = "10.66.0.1", "10.66.0.2", "10.66.0.3"
SCRIPT = """
ip link set lo up
for host in {listening} {dropping} {closed}; do ip addr add $host/32 dev lo; done
nft 'add table inet t; add chain inet t o {{ type filter hook input priority 0; }}; add rule inet t o ip daddr {dropping} drop'
python3 - <<'END' &
import socket, time
held = []
for port in {ports}:
    one = socket.socket(); one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.bind(("{listening}", port)); one.listen(); held.append(one)
open("ready", "w").close()
time.sleep(60)
END
listener=$!
until [ -e ready ]; do sleep 0.1; done
status=0; bash test.sh || status=$?
kill $listener
echo "status $status"
"""


def prove(rutter, root):
    """How much was asked, and what differs from what such a network must answer."""
    selection = Selection("every", "east", addresses={
        "every/box": [LISTENING], "common/siem": [DROPPING], "every/console": [CLOSED], "every/cloud": [DROPPING, CLOSED],
        "every/mirror": [CLOSED], "common/clock": [LISTENING], "every/probe": [LISTENING],
    }, ways={"time-a"})
    files, _ = ask(rutter, Case(root, selection, "host:every/gate", "test-sh", False))
    text = files["test.sh"].decode()
    asked = {tuple(line.replace("'", "").split()[1:4]) for line in text.splitlines() if line.startswith("check ")}
    listens = sorted({int(port) for protocol, address, port in asked if protocol == "tcp" and address == LISTENING})
    wrong = []
    for ports, only in ((listens, None), (listens[:1], None), (listens, LISTENING)):
        wanted = {one for one in asked if only in (None, one[1])}
        kept = "\n".join(line for line in text.splitlines() if not line.startswith("check ") or only is None or only in line)
        # What does not answer in three seconds does not answer here.
        kept = kept.replace("timeout 5 ", "timeout 3 ").replace("-W 5 ", "-W 1 ")
        with folder_of({"test.sh": kept.encode()}) as folder:
            said = in_namespace(SCRIPT.format(listening=LISTENING, dropping=DROPPING, closed=CLOSED, ports=ports), folder)
        *lines, status = said.strip().splitlines()
        answers = [tuple(line.split()[:4]) for line in lines]
        if {answer[1:] for answer in answers} != wanted:
            wrong.append(f"answers {answers} to {wanted}")
        wrong += [f"{' '.join(one)}: should be {expected(*one[1:], ports)}" for one in answers if one[0] != expected(*one[1:], ports)]
        if status != f"status {1 if any(one[0] == 'failed' for one in answers) else 0}":
            wrong.append(f"ends with {status}")
    kinds = {(protocol, address) for protocol, address, _ in asked}
    wanted = {("tcp", LISTENING), ("tcp", DROPPING), ("tcp", CLOSED), ("udp", LISTENING), ("icmp", DROPPING), ("icmp", CLOSED)}
    wrong += [f"nothing asks {' '.join(kind)}" for kind in sorted(wanted - kinds)]
    return len(asked), wrong


def expected(protocol, address, port, ports):
    if protocol == "tcp":
        return "ok" if address == LISTENING and int(port) in ports else "failed"
    if protocol == "icmp":
        return "failed" if address == DROPPING else "ok"
    return "unknown"


def main():
    rutter, root, _, _ = given(__doc__)
    asked, wrong = prove(rutter, root)
    for one in wrong:
        print(one)
    print(f"{asked} connections tried, {len(wrong)} wrong answers")
    sys.exit(1 if wrong or not asked else 0)


if __name__ == "__main__":
    main()
