### Sätze, die aus Fakten entstehen

list-separator = { ", " }
list-and-pair = { $first } und { $second }
list-and-last = { $rest } und { $last }
list-or-pair = { $first } oder { $second }
list-or-last = { $rest } oder { $last }

transport-tcp = TCP
transport-udp = UDP
transport-sctp = SCTP
transport-dccp = DCCP
transport-both = TCP und UDP
transport-both-short = TCP+UDP
protocol = { $service } über { $transport }
port-range = { $first }–{ $last }
port-random = zufälliger Port aus { $first }–{ $last }
port-any = alle Ports
port-configured = auf Ihrem Server festgelegter Port
# allow untranslated: names of protocols
ip-protocol-name =
    { $protocol ->
        [icmp] ICMP
        [igmp] IGMP
        [ipip] IP-in-IP
        [gre] GRE
        [esp] ESP
        [ah] AH
        [icmpv6] ICMPv6
        [ospf] OSPF
        [vrrp] VRRP
        [l2tp] L2TPv3
       *[other] IP-Protokoll { $number }
    }
ip-protocol-with-type = { $protocol } { $type }
ip-protocol-with-type-number = { $protocol } Typ { $type }
ip-protocol = IP-Protokoll { $number }
ip-protocol-and-type = IP-Protokoll { $number }, Typ { $type }
ip-protocol-without-ports = ohne Ports
ip-protocol-with-service = { $service }, { $transport }
port-with-transport = { $port }/{ $transport }
flow-name = { $from } → { $to }, { $ports }
flow-ends = { $from } → { $to }
port-line = { $port }, { $protocol }
labeled = { $label }{ ": " }
of-product = { $name } ({ $product })
party-any = Beliebig
party-unstated = Nicht angegeben
flow-name-between = { $from } ↔ { $to }, { $ports }
flow-ends-between = { $from } ↔ { $to }
between = Beide Seiten können die Verbindung aufbauen
verdict-block = Muss blockiert sein
status-deprecated = Veraltet
status-preview = Vorschau
since = Ab Version { $version }
until = Bis einschließlich Version { $version }
from-ports = Quellport { $ports }
setting = Einstellung: { $setting }
need-one = Einer dieser Ports genügt
need-one-line = Eine dieser Angaben genügt

condition-choice = „{ $choice }“
condition-option = bei { $option } { $choices }
condition-switch =
    { $state ->
        [enabled] mit „{ $option }“
       *[disabled] ohne „{ $option }“
    }
condition-and = { " und " }
condition-or = { " oder " }
condition-group = ({ $case })
choice-enabled = aktiviert
choice-disabled = deaktiviert

hosts-own = Adresse Ihres Systems
hosts-any = Beliebig
hosts-unpublished = Nicht veröffentlicht
hosts-unknown = Unbekannt
hosts-see = Anderswo aufgeführt: { $source }
hosts-none-for-choice = Für diese Auswahl ist keine Adresse veröffentlicht
# In place of a long list of addresses that another row of the page has too. $row: that row.
hosts-as-in = Dieselben Adressen wie { $row }
placeholder-server = ‹Servername oder IP-Adresse›
placeholder-ip = ‹IP-Adresse›

configurable-changeable = Port änderbar
configurable-fixed = Port nicht änderbar
configurable-in-os = Port im Betriebssystem festgelegt
configurable-in-url = Port in der URL festgelegt
proxy-allowed = Proxy möglich
proxy-http = HTTP-Proxy möglich
proxy-socks = SOCKS-Proxy möglich
proxy-http-socks = HTTP- oder SOCKS-Proxy möglich
proxy-none = Proxy nicht möglich
proxy-in-os = Proxy im Betriebssystem festgelegt
scope-internal = Intern: keine Verbindungen von Clients
scope-loopback = Innerhalb eines Computers
inferred = Abgeleitet: { $fields }
inferred-from = Quelle
inferred-to = Ziel
inferred-transport = Transportprotokoll
inferred-service = Protokoll
inferred-hosts = Adressen
inferred-hosts-when = Bedingungen für Adressen
inferred-when = Bedingung
note-note = Hinweis
note-tip = Tipp
note-caution = Achtung
# A note that a page has written out already. $label: “Note”, “Tip” or “Caution”. $place: the row or the option where it stands.
note-elsewhere = { $label }: siehe { $place }
note-above = { $label }: siehe oben
# A note above the tables. $subject: the component it is about.
note-about = { $label }: { $subject }
