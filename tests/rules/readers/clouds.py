"""Amazon, Azure, Google and Kubernetes."""

import ipaddress
import json
import re

from packets import ANY, LOCAL, Matcher, net, protocol
from tools import Refused
from readers.left import from_objects, from_text

ADDRESSES = {"fqdn", "wild", "url", "named"}


def directed(direction, remote, number, ports, source_ports=None, types=None):
    ends = (remote, [LOCAL]) if direction == "in" else ([LOCAL], remote)
    return Matcher(direction, number, *ends, ports, source_ports, types)


def one_version(addresses):
    if not addresses:
        raise Refused("an empty list of addresses")
    if len({ipaddress.ip_network(a).version for a in addresses}) > 1:
        raise Refused(f"both versions of IP in one rule: {addresses}")
    return [net(a) for a in addresses]


# A description of a rule of a security group, and of the group.
AWS_TEXT = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}")


class CloudFormation:
    sides = {"host"}
    slow = True  # cfn-lint
    merges = True  # EC2 answers with one entry for all equal ports
    cannot = ADDRESSES | {"source-port", "icmp-type", "proto"}
    must = {6, 17}

    def read(self, files, closed, fill):
        text = files["rules.cfn.json"].decode()
        cfn_lint(text)
        template = json.loads(text)
        group = template["Resources"]["Group"]["Properties"]
        if not group["SecurityGroupEgress"]:
            raise Refused("an empty list of outbound rules allows everything")
        told = from_objects(template["Metadata"]["Rutter"]["NotExpressed"], "Reason", "Flow", "What")
        if not AWS_TEXT.fullmatch(group["GroupDescription"]):
            raise Refused(group["GroupDescription"])
        rules = []
        for direction, key in (("in", "SecurityGroupIngress"), ("out", "SecurityGroupEgress")):
            rules += amazon(direction, [permission(rule) for rule in group[key]])
        return rules, told


def cfn_lint(text):
    """What AWS's own schemas say of the template."""
    from cfnlint.api import lint
    from cfnlint.config import ManualArgs

    # W3687: ports beside a protocol that has none are ignored; ICMP wants its -1.
    found = lint(text, config=ManualArgs(ignore_checks=["W3687"]))
    if found:
        raise Refused(f"cfn-lint: {found[0]}")


def permission(rule):
    known = {"IpProtocol", "FromPort", "ToPort", "CidrIp", "CidrIpv6", "Description"}
    if set(rule) - known or not AWS_TEXT.fullmatch(rule["Description"]):
        raise Refused(f"not understood: {rule}")
    return permission_of(rule["IpProtocol"], rule.get("FromPort"), rule.get("ToPort"), rule.get("CidrIp"), rule.get("CidrIpv6"))


def permission_of(word, low, high, v4, v6):
    entry = {"IpProtocol": word}
    if low is not None:
        entry |= {"FromPort": low, "ToPort": high}
    if bool(v4) == bool(v6):
        raise Refused("not one address")
    ipaddress.ip_network(v4 or v6)
    if v4:
        entry["IpRanges"] = [{"CidrIp": v4}]
    else:
        entry["Ipv6Ranges"] = [{"CidrIpv6": v6}]
    return entry


EC2 = None


def amazon(direction, permissions):
    """Sends rules to the EC2 of moto and reads the groups back; a group takes 60 rules a direction."""
    global EC2
    if EC2 is None:
        EC2 = start_ec2()
    client, vpc, counter = EC2
    if len({json.dumps(p, sort_keys=True) for p in permissions}) != len(permissions):
        raise Refused("two equal rules")
    rules = []
    for first in range(0, len(permissions), 40):
        counter[0] += 1
        group = client.create_security_group(GroupName=f"g{counter[0]}", Description="proof", VpcId=vpc)["GroupId"]
        client.revoke_security_group_egress(GroupId=group, IpPermissions=client.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissionsEgress"])
        way = client.authorize_security_group_ingress if direction == "in" else client.authorize_security_group_egress
        for entry in permissions[first : first + 40]:
            way(GroupId=group, IpPermissions=[entry])
        kept = client.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
        rules += [rule for entry in kept["IpPermissions" if direction == "in" else "IpPermissionsEgress"] for rule in amazon_rule(direction, entry)]
        client.delete_security_group(GroupId=group)
    return rules


def start_ec2():
    import os

    os.environ.update(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="us-east-1")
    import boto3
    from moto import mock_aws

    mock_aws().start()
    client = boto3.client("ec2")
    return client, client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"], [0]


def amazon_rule(direction, entry):
    remote = [net(r["CidrIp"]) for r in entry["IpRanges"]] + [net(r["CidrIpv6"]) for r in entry["Ipv6Ranges"]]
    if entry["IpProtocol"] == "-1":
        # "Nothing": this computer itself, so that the list is not empty.
        if direction == "out" and remote == [net("127.0.0.1/32")]:
            return
        raise Refused("every protocol")
    number = protocol(entry["IpProtocol"])
    low, high = entry.get("FromPort"), entry.get("ToPort")
    ports, types = None, None
    if number in (1, 58):
        types = None if low in (-1, None) else [(low, low)]
        if high not in (-1, None):
            raise Refused("a code of ICMP")
    elif low not in (None, -1) and (low, high) != (0, 65535):
        if not 0 < low <= high <= 65535:
            raise Refused(f"ports {low}-{high}")
        ports = [(low, high)]
    yield directed(direction, remote, number, ports, None, types)


class Terraform:
    sides = {"host"}
    merges = True  # EC2 answers with one entry for all equal ports
    cannot = CloudFormation.cannot
    must = {6, 17}

    def read(self, files, closed, fill):
        import hcl2

        text = files["rules.tf"].decode()
        aligned(text)
        permissions, names = {"in": [], "out": []}, set()
        for resource in hcl2.loads(text)["resource"]:
            ((kind, blocks),) = bare(resource).items()
            ((label, body),) = bare(blocks).items()
            if kind == "aws_security_group":
                continue
            if (kind, label) in names:
                raise Refused(f"two resources {label}")
            names.add((kind, label))
            body = {key: value.strip('"') if isinstance(value, str) else value for key, value in bare(body).items()}
            if not AWS_TEXT.fullmatch(body["description"]) or "security_group_id" not in body:
                raise Refused(f"not understood: {body}")
            direction = {"aws_vpc_security_group_ingress_rule": "in", "aws_vpc_security_group_egress_rule": "out"}[kind]
            permissions[direction].append(
                permission_of(body["ip_protocol"], number_of(body.get("from_port")), number_of(body.get("to_port")), body.get("cidr_ipv4"), body.get("cidr_ipv6"))
            )
        rules = [rule for direction, entries in permissions.items() for rule in amazon(direction, entries)]
        return rules, from_text(text)


def number_of(value):
    return None if value is None else int(str(value).strip("${}"))


def bare(block):
    return {key.strip('"'): value for key, value in block.items() if not key.startswith("__")}


def aligned(text):
    """What `terraform fmt` asks of us: equal signs of neighbouring lines in one column."""
    column = None
    for line in text.splitlines():
        found = re.match(r"^( +)([a-z_0-9]+)( *) = \S", line)
        if not found:
            column = None
            continue
        at = line.index(" = ")
        if column not in (None, at) or len(found[1]) % 2:
            raise Refused(f"not as `terraform fmt` writes it: {line}")
        column = at


class Azure:
    sides = {"host"}
    cannot = ADDRESSES | {"proto", "icmp-type"}
    must = {1, 6, 17, 50}

    def read(self, files, closed, fill):
        document = json.loads(files["rules.azure.json"])
        told = from_objects(document["metadata"]["rutter"]["notExpressed"], "reason", "flow", "what")
        entries = document["resources"][0]["properties"]["securityRules"]
        rules, priorities, names, denied = [], set(), set(), set()
        for entry in sorted(entries, key=lambda e: e["properties"]["priority"]):
            rule = entry["properties"]
            at = (rule["direction"], rule["priority"])
            if at in priorities or not 100 <= rule["priority"] <= 4096 or entry["name"].lower() in names:
                raise Refused(f"twice, or out of range: {entry['name']} {at}")
            priorities.add(at)
            names.add(entry["name"].lower())
            if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9_])?", entry["name"]) or len(rule.get("description", "")) > 140:
                raise Refused(f"name or description: {entry['name']}")
            direction = {"Inbound": "in", "Outbound": "out"}[rule["direction"]]
            if rule["access"] == "Deny":
                if azure_ends(rule, "source") != [ANY] or azure_ends(rule, "destination") != [ANY] or rule["protocol"] != "*":
                    raise Refused("denies only some")
                denied.add(direction)
                continue
            if direction in denied:
                raise Refused("allowed behind what denies all")
            rules.append(azure_rule(rule, direction))
        if closed != (denied == {"in", "out"}):
            raise Refused(f"closed {closed}, but denies {denied}")
        return rules, told


def azure_ends(rule, end):
    one, many = rule.get(f"{end}AddressPrefix"), rule.get(f"{end}AddressPrefixes")
    if (one is None) == (many is None):
        raise Refused("not one of the two fields of addresses")
    return [ANY] if one == "*" else one_version(many or [one])


def azure_ports(rule, end):
    one, many = rule.get(f"{end}PortRange"), rule.get(f"{end}PortRanges")
    if (one is None) == (many is None) or many == []:
        raise Refused("not one of the two fields of ports")
    if one == "*":
        return None
    return [tuple(map(int, (item.split("-") * 2)[:2])) for item in many or [one]]


def azure_rule(rule, direction):
    number = protocol(rule["protocol"])
    if number not in (6, 17, 1, 50, 51):
        raise Refused(rule["protocol"])
    return Matcher(direction, number, azure_ends(rule, "source"), azure_ends(rule, "destination"), azure_ports(rule, "destination"), azure_ports(rule, "source"))


class Google:
    sides = {"host"}
    cannot = ADDRESSES | {"proto", "source-port", "icmp-type"}
    must = {1, 6, 17, 50}

    def read(self, files, closed, fill):
        rules, names, denied = [], set(), set()
        for entry in json.loads(files["rules.gcp.json"]):
            if not re.fullmatch(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?", entry["name"]) or entry["name"] in names:
                raise Refused(f"name {entry['name']}")
            names.add(entry["name"])
            direction = {"INGRESS": "in", "EGRESS": "out"}[entry["direction"]]
            key = "sourceRanges" if direction == "in" else "destinationRanges"
            if ("sourceRanges" in entry) == ("destinationRanges" in entry) or not entry.get(key) or not entry.get("targetTags"):
                raise Refused("an end is missing, which is any")
            remote = one_version(entry[key])
            if "denied" in entry:
                if entry["priority"] <= 1000 or entry["denied"] != [{"IPProtocol": "all"}]:
                    raise Refused(f"denies {entry['denied']} at {entry['priority']}")
                denied.add((direction, entry[key][0]))
                continue
            if entry["priority"] != 1000:
                raise Refused("priority")
            for allowed in entry["allowed"]:
                ports = allowed.get("ports")
                if ports == []:
                    raise Refused("an empty list of ports")
                ranges = ports and [tuple(map(int, (item.split("-") * 2)[:2])) for item in ports]
                rules.append(directed(direction, remote, protocol(allowed["IPProtocol"]), ranges))
        if closed != (len(denied) == 4):
            raise Refused(f"closed {closed}, but denies {denied}")
        return rules, from_text(files["rules.gcp.not-expressed.txt"].decode())


class Kubernetes:
    sides = {"host"}
    cannot = ADDRESSES | {"proto", "source-port", "icmp-type"}
    must = {6, 17, 132}

    def read(self, files, closed, fill):
        import kubernetes_validate
        import yaml

        text = files["rules.k8s.yaml"].decode()
        policy = yaml.safe_load(text)
        kubernetes_validate.validate(policy, "1.30", strict=True)
        spec = policy["spec"]
        if set(spec) != {"podSelector", "policyTypes", "ingress", "egress"} or sorted(spec["policyTypes"]) != ["Egress", "Ingress"]:
            raise Refused(f"not understood: {sorted(spec)}")
        if not re.fullmatch(r"[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?", policy["metadata"]["name"]):
            raise Refused("name")
        rules = []
        for direction, key, end in (("in", "ingress", "from"), ("out", "egress", "to")):
            for rule in spec[key] or []:
                if set(rule) != {end, "ports"} or not rule[end] or not rule["ports"]:
                    raise Refused("an empty list is any")
                remote = [self.peer(peer) for peer in rule[end]]
                for port in rule["ports"]:
                    rules.append(directed(direction, remote, {"TCP": 6, "UDP": 17, "SCTP": 132}[port["protocol"]], self.ports(port)))
        return rules, from_text(text)

    def peer(self, peer):
        if set(peer) != {"ipBlock"} or set(peer["ipBlock"]) != {"cidr"} or "/" not in peer["ipBlock"]["cidr"]:
            raise Refused(f"not understood: {peer}")
        return net(peer["ipBlock"]["cidr"])

    def ports(self, port):
        if "port" not in port:
            return None
        low, high = port["port"], port.get("endPort", port["port"])
        if not (isinstance(low, int) and isinstance(high, int) and 0 < low <= high <= 65535):
            raise Refused(f"not understood: {port}")
        return [(low, high)]
