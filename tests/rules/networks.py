"""test.sh, run in a network of its own: ports that listen, that are closed and that are filtered."""

from pathlib import Path

from judge import Case, ask
from oracle import Selection
from tools import Refused, folder_of, in_namespace

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
time.sleep(60)
END
listener=$!
sleep 0.5
status=0; bash test.sh || status=$?
kill $listener
echo "status $status"
"""


def prove(rutter, root):
    """What differs from what such a network must answer."""
    selection = Selection("every", "east", addresses={
        "every/box": [LISTENING], "common/siem": [DROPPING], "every/console": [CLOSED], "every/cloud": [CLOSED],
        "every/mirror": [CLOSED], "common/clock": [LISTENING], "every/probe": [LISTENING],
    }, ways={"time-a"})
    files, _ = ask(rutter, Case(root, selection, "host:every/gate", "test-sh", False))
    text = files["test.sh"].decode()
    asked = [line.split("'") for line in text.splitlines() if line.startswith("check ")]
    listens = sorted({int(parts[2]) for parts in asked if parts[0] == "check tcp " and parts[1] == LISTENING})
    wrong = []
    for ports, only in ((listens, None), (listens[:1], None), (listens, LISTENING)):
        kept = text if only is None else "\n".join(line for line in text.splitlines() if not line.startswith("check tcp") or only in line)
        with folder_of({"test.sh": kept.encode()}) as folder:
            said = in_namespace(SCRIPT.format(listening=LISTENING, dropping=DROPPING, closed=CLOSED, ports=ports), folder)
        wrong += answers(said, ports)
        if (f"status {1 if ' failed' in said or said.startswith('failed') else 0}") not in said:
            wrong.append(f"ends with {said.strip().splitlines()[-1]}")
    if not listens or not any(parts[1] == DROPPING for parts in asked) or not any(parts[0] == "check udp " for parts in asked):
        wrong.append("nothing to ask")
    return wrong


def answers(said, ports):
    wrong = []
    for line in said.splitlines():
        words = line.split()
        if len(words) < 5 or words[1] not in ("tcp", "udp", "icmp", "sctp", "dccp"):
            continue
        result, protocol, address, port = words[:4]
        if protocol == "tcp":
            expected = "ok" if address == LISTENING and int(port) in ports else "failed"
        elif protocol == "icmp":
            continue  # ping may be missing here
        else:
            expected = "unknown"
        if result != expected:
            wrong.append(f"{line}: should be {expected}")
    return wrong


__all__ = ["prove", "Path", "Refused"]
