"""One reader for each format, by its id."""

from readers.appliances import Asa, Fortigate, Panos, Windows
from readers.clouds import Azure, CloudFormation, Google, Kubernetes, Terraform
from readers.lists import Edl, EdlUrl, TestPs1, TestSh
from readers.netfilter import Aerleon, Iptables, Nftables
from readers.sheets import Csv, Excel, Json, Markdown
from readers.squid import Squid

READERS = {
    "nftables": Nftables(), "iptables": Iptables(), "aerleon": Aerleon(),
    "cloudformation": CloudFormation(), "terraform": Terraform(), "azure": Azure(), "gcp": Google(), "kubernetes": Kubernetes(),
    "windows": Windows(), "panos": Panos(), "asa": Asa(), "fortigate": Fortigate(), "squid": Squid(),
    "csv": Csv(), "xlsx": Excel(), "markdown": Markdown(), "json": Json(),
    "edl": Edl(), "edl-url": EdlUrl(), "test-sh": TestSh(), "test-ps1": TestPs1(),
}
