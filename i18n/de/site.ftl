### Texte der Oberfläche

locale-name = Deutsch
choose-language = Sprache wählen
skip-to-content = Zum Inhalt springen
site-menu = Website
language-menu = Sprache
breadcrumb = Sie sind hier
on-this-page = Auf dieser Seite

home-intro = Welche Verbindungen ein Produkt braucht, wer sie aufbaut und wann sie nötig sind: eine Tabelle je Produkt, dieselben Fakten in jeder Sprache.
products = Produkte
versions = Versionen: { $versions }
pages = Leitfäden
glossary = Glossar
glossary-intro = Die Begriffe, die auf diesen Seiten verwendet werden.
glossary-ui = Eine Bezeichnung in der Konsole des Herstellers, unverändert übernommen.

options = Wovon die Anforderungen abhängen
option-when = Nur { $condition }
option-default = Voreinstellung: { $choices }
option-switch = Lässt sich aktivieren oder deaktivieren; gilt ohne andere Angabe als { $state }.
option-switch-default = Lässt sich aktivieren oder deaktivieren; die Voreinstellung ist „{ $state }“.
flows = Verbindungen
flows-opened-by = Aufgebaut von: { $component }
flows-empty = Es ist keine Verbindung erfasst.
flows-count = { $count ->
    [one] { $count } Verbindung
   *[other] { $count } Verbindungen
  }
# In place of a table, where all that there is stands apart.
flows-only-apart = Nur die weiter unten aufgeführten Verbindungen.
flows-opened-by-any = Aufgebaut von: beliebigen Systemen
flows-opener-unstated = Initiator in der Quelle nicht angegeben
flows-blocked = Zu blockierende Verbindungen
flows-blocked-intro = { $count ->
    [one] Eine Verbindung darf nicht möglich sein.
   *[other] { $count } Verbindungen dürfen nicht möglich sein.
}
outbound-between = Verbindungen, die beide Seiten aufbauen können, stehen unter den eingehenden.
column-number = Nummer und Dienst
# Connections that no client opens, counted apart from the others.
flows-internal = Intern: keine Verbindungen von Clients
flows-internal-intro = { $count ->
    [one] { $count } Verbindung wird innerhalb einer Komponente verwendet. Clients verbinden sich nicht mit ihrem Port.
   *[other] { $count } Verbindungen werden innerhalb einer Komponente verwendet. Clients verbinden sich nicht mit ihren Ports.
  }
flows-loopback = Innerhalb eines Computers
flows-loopback-intro = { $count ->
    [one] { $count } Verbindung bleibt innerhalb eines Computers. Sie braucht keine Regel im Netzwerk.
   *[other] { $count } Verbindungen bleiben innerhalb eines Computers. Sie brauchen keine Regel im Netzwerk.
  }
column-from = Quelle
column-to = Ziel
# allow untranslated: the same word in German
column-ports = Port
column-protocol = Protokoll
column-addresses = Adressen
column-purpose = Zweck und Bedingungen
only-when = Nur { $condition }
addresses-from = Quelladressen
alternatives = Alternativen
alternatives-intro = Jede Quelle braucht eine der Verbindungen einer Gruppe; baut eine Quelle nur eine davon auf, braucht sie genau diese.
scenarios = Szenarien
scenario-choices = Auswahl
scenario-choice = { $option }: { $choices }
scenario-without = Ohne { $components }
scenario-benefits = Vorteile
scenario-drawbacks = Nachteile
scenario-needed = Nötige Verbindungen und Alternativen
scenario-depends = Verbindungen, die von ungeklärten Optionen abhängen
scenario-none = Es ist keine Verbindung nötig.
components = Komponenten
component-examples = Zum Beispiel { $examples }
runs-on = Läuft auf
machine = Rechner
machine-parts = Auf diesem Rechner
machine-intro = Diese Seite enthält auch die Verbindungen von allem, was auf diesem Rechner läuft.
end-on-machine = { $component } auf diesem Rechner
scenario-of-machine = Gezeigt werden nur die Verbindungen dieses Rechners und von allem, was auf ihm läuft.
inbound = Eingehend
inbound-empty = Zu dieser Komponente ist keine Verbindung erfasst.
outbound = Ausgehend
outbound-empty = Von dieser Komponente ist keine Verbindung erfasst.
notes = Hinweise
sources = Quellen
source-read = Gelesen am { $date }
source-as-of = Stand laut Quelle: { $date }
source-not-read = Von einer anderen Quelle genannt; hier nicht ausgewertet
not-translated = Dieser Text ist noch nicht übersetzt; Sie sehen ihn in der Sprache, in der er verfasst wurde.
not-accepted = Diese Übersetzung wurde noch nicht mit dem Originaltext abgeglichen.
outdated = Der Originaltext wurde nach dem Abgleich dieser Übersetzung geändert.

not-found-title = Seite nicht gefunden
not-found-text = Unter dieser Adresse gibt es keine Seite. Vielleicht wurde sie umbenannt; die Startseite führt alles auf.
back-home = Zur Startseite

# allow untranslated: the same word in German
ports = Ports
ports-intro = Alle Portnummern sämtlicher Produkte und wer sie verwendet.
# allow untranslated: the same word in German
port-title = Port { $port }
port-intro = Alle Verbindungen zu Port { $port }, in jedem Produkt.
# allow untranslated: the same word in German
port-range-title = Ports { $port }
port-range-intro = Alle Verbindungen zum Portbereich { $port }, in jedem Produkt.
protocol-intro = Alle Verbindungen, die { $protocol } verwenden, in allen Produkten. Das Protokoll setzt ohne Ports direkt auf IP auf; in Firewalls hat es die Protokollnummer { $number }.
protocol-uses = Verbindungen mit diesem Protokoll
ports-protocols = Protokolle ohne Ports
ports-in-product = Ports dieses Produkts
port-uses = Verbindungen zu diesem Port
port-uses-range = Verbindungen zu einem Bereich, der ihn enthält
port-range-uses = Verbindungen zu diesem Portbereich
port-range-uses-overlapping = Verbindungen zu Ports, die sich mit diesem Bereich überschneiden
port-uses-any = Verbindungen zu allen Ports
# A number that no table has, and what was looked through for it.
port-absent = Port { $port } ist in keiner Tabelle ausdrücklich aufgeführt.
port-checked = Geprüft: { $flows ->
    [one] { $flows } Verbindung
   *[other] { $flows } Verbindungen
  } in { $products ->
    [one] { $products } Produkt
   *[other] { $products } Produkten
  }, einschließlich der Portbereiche.
# Above rows for every port.
port-every = Folgende Verbindungen zu allen Ports schließen auch diesen Port ein:
# Label of a field for a number.
port-find = Zeilen nach Portnummer suchen
port-unread = Die Zeilen stehen auf den hier verlinkten Seiten. In diese Seite ließen sie sich nicht laden: Das erlauben Browser nur über einen Webserver.
# $address: an address; $block: the subnet it is in.
address-in = { $address } liegt im Subnetz { $block }.
source-only = Nur Quelle: Zu dieser Adresse wird keine Verbindung aufgebaut.
# $addresses: addresses and names of hosts that no table has, joined by “or”.
address-absent = In keiner Tabelle aufgeführt: { $addresses }.
address-checked = Geprüft: { $flows ->
    [one] { $flows } Verbindung
   *[other] { $flows } Verbindungen
  } in { $products ->
    [one] { $products } Produkt
   *[other] { $products } Produkten
  }, einschließlich der Subnetze. Adressen Ihrer eigenen Systeme und nicht veröffentlichte Adressen stehen in keiner Tabelle.
ports-random = Zufällig gewählte Ports
ports-configured = Auf Ihrem eigenen Server festgelegte Ports
# allow untranslated: the same word in German
column-port = Port
column-products = Produkte
# allow untranslated: the same word in German
hosts = Hosts
hosts-intro = Alle Hostnamen und Adressen, die in einer Regel vorkommen können.
domain-intro = Hosts unter { $domain } und die Verbindungen zu ihnen.
hosts-subnets = Subnetze
hosts-addresses = IP-Adressen
hosts-templates = Adressen mit Platzhaltern
hosts-empty = Es ist keine Adresse veröffentlicht.
folded-intro = Für eine Seite sind es zu viele Verbindungen. Sie gehören zu diesen Produkten:
folded-count = { $count ->
    [one] { $count } Verbindung
   *[other] { $count } Verbindungen
  }
moved-title = Diese Seite ist umgezogen
moved-text = Sie steht jetzt unter einer anderen Adresse.
column-product = Produkt
# What a row is for.
purpose = Zweck
column-condition = Bedingung
# Marks of a row, such as that its source does not state something.
column-remarks = Kennzeichen
# allow untranslated: the word is German, too
column-host = Host
column-address = Adresse
# Whether connections lead to an address or come from it.
column-direction = Rolle
direction-source-only = Nur Quelle
# Below the head "Proxy", in few words.
proxy-yes = Ja
column-versions = Versionen
# Above dates.
column-read = Quelle gelesen am
row-cited = Quellseite, Zeile { $rows }
rows-cited = Quellseite, Zeilen { $rows }
row-cited-in = { $place }, Zeile { $rows }
rows-cited-in = { $place }, Zeilen { $rows }
cited-table = { $table }
cited-source = { $source }
cited-table-of = { $source }, { $table }
row-range = { $first }–{ $last }
source-table = Tabelle „{ $table }“: { $count ->
    [one] { $count } Zeile
   *[other] { $count } Zeilen
  }
source-skipped = Hier nicht aufgeführte Zeilen: { $rows }
source-skipped-in = Hier nicht aufgeführte Zeilen der Tabelle „{ $table }“: { $rows }
download-csv = Tabelle als CSV
# $format: name of the format of the file.
download-rules = Firewallregeln: { $format }
csv-separator = { ";" }
download-twin = Diese Seite als Markdown
# On the page of a component: the page of its product.
download-twin-of = { $product } als Markdown
edit-page = Quelltext dieser Seite bearbeiten
made-with = Erstellt mit rutter
scheme-light = Zur hellen Darstellung wechseln
scheme-dark = Zur dunklen Darstellung wechseln
# allow untranslated: the same word in German
zone = Zone
copy = { $text } kopieren
copied = { $text } kopiert
# Above the text, which stands there selected.
copy-failed = { $text } konnte nicht kopiert werden. Bitte kopieren Sie den Text selbst:
close = Schließen
alternative = Eine von mehreren Alternativen genügt
# One of several ways, where a way is several connections or the source prefers one. $count: how many ways.
# $with: what else belongs to this way. $others: what the other ways ask for. $preferred: "yes" or "no".
way-with =
    { $preferred ->
        [yes] Eine von { $count } Möglichkeiten genügt, vorzugsweise diese Verbindung zusammen mit { $with }, sonst { $others }
       *[no] Eine von { $count } Möglichkeiten genügt: diese Verbindung zusammen mit { $with } oder stattdessen { $others }
    }
way-alone =
    { $preferred ->
        [yes] Eine von { $count } Möglichkeiten genügt, vorzugsweise diese Verbindung, sonst { $others }
       *[no] Eine von { $count } Möglichkeiten genügt: diese Verbindung oder stattdessen { $others }
    }
# A connection of another way, to another destination. $ports: "443/TCP". $to: who listens.
way-elsewhere = { $ports } zum Ziel „{ $to }“
# Behind a way that the source prefers, in a list.
way-preferred = { " (bevorzugt)" }
# Above the connections of one way.
way-together = Alle diese Verbindungen zusammen
# In place of `alternatives-intro`, where some way is several connections.
alternatives-ways = Jede Quelle braucht eine der Möglichkeiten einer Gruppe, und zwar alle ihre Verbindungen, die dort zusammen aufgeführt sind; baut eine Quelle nur Verbindungen einer einzigen Möglichkeit auf, braucht sie genau diese.
# Behind the sign of a way, beside lines of a diagram.
alternative-way = Eine von mehreren Möglichkeiten genügt, mit allen Verbindungen desselben Zeichens
# In place of `diagram-choice`, where some way is several connections.
diagram-choice-ways = Hohle Pfeilspitzen: Nicht alles ist nötig; einer der mit „oder“ verbundenen Ports oder eine der Verbindungen oder Möglichkeiten mit derselben Zahl genügt.
diagram-ways = ◇ mit einer Zahl und einem Buchstaben: Von den Möglichkeiten mit derselben Zahl braucht jede Quelle eine, mit allen ihren Verbindungen, die denselben Buchstaben haben.
scenario-default = { $choice } (Voreinstellung)
scenario-not-chosen = { $choice } (nicht gewählt)
status = Stand der Übersetzung
status-intro = Jeder Text wird zuerst in einer Sprache verfasst. Als aktuell gilt eine Übersetzung, sobald ein Mensch sie mit dem Original abgeglichen hat und solange sich seither keiner der beiden Texte geändert hat.
status-scope = Bereich
status-current = Aktuell
status-not-accepted = Abzugleichen
status-missing = Fehlend
status-all = Gesamt
status-common = Gemeinsames Vokabular
status-interface = Oberflächentexte
status-despite =
    { $count ->
        [one] Eine Übersetzung wurde trotz einer Warnung der Prüfung als aktuell bestätigt.
       *[other] { $count } Übersetzungen wurden trotz Warnungen der Prüfung als aktuell bestätigt.
    }
status-open = Offen
status-nothing-open = Es ist nichts offen.
status-draft = Ein Entwurf: Er muss nicht vollständig sein.
status-one-language = Diese Website hat nur eine Sprache.
status-why-missing = Noch nicht übersetzt
status-why-new = Neu, noch nicht abgeglichen
status-why-source = Das Original wurde geändert
status-why-translation = Die Übersetzung wurde geändert
status-why-both = Beide Texte wurden geändert
status-names = Geänderte Namen darin:
search = Suche
search-intro = Geben Sie einen Port, einen Host, eine Adresse, eine Komponente oder Wörter aus einem Text ein.
# allow untranslated: these words are the same in both
search-placeholder = 443, udp 514
# Above questions that can be asked.
search-examples = Beispiele
search-failed = Die Suche konnte nicht geladen werden. Sehen Sie stattdessen hier nach:
search-without-scripts = Für die Suche ist JavaScript erforderlich. Ohne JavaScript finden Sie alle Einträge auf diesen Seiten:
search-partial = nicht alle Wörter
# Beside a row that is found by a port because it is for every port.
search-every = gilt für alle Ports
# Of a pasted line of a log, what of it stands in tables. $list: addresses and ports.
search-found = In den Tabellen gefunden: { $list }.
search-others = In anderen Sprachen:
search-all = Alle Ergebnisse anzeigen
search-more = Weitere Ergebnisse anzeigen
search-kind-flow = Verbindung
search-kind-component = Komponente
# allow untranslated: the same word in German
search-kind-port = Port
# allow untranslated: the same word in German
search-kind-domain = Hosts
search-kind-term = Begriff
search-kind-product = Produkt
search-kind-scenario = Szenario
# allow untranslated: the same word in German
search-kind-option = Option
search-kind-protocol = Protokoll
# allow untranslated: the same word in German
search-kind-page = Text
# $count: how many; $number: where the number stands, which the reader’s browser fills in.
search-count = { $count ->
    [0] Keine Ergebnisse
    [one] { $number } Ergebnis
   *[other] { $number } Ergebnisse
  }
search-partly = { $count ->
    [one] Kein Eintrag enthält alle Wörter; { $number } enthält einige davon.
   *[other] Kein Eintrag enthält alle Wörter; { $number } enthalten einige davon.
  }
# Words a search does not insist on, parted by spaces.
search-optional-words = am an auf aus bei benötigt brauche brauchen braucht das dem den der des die ein eine einem einen einer für gebraucht ich im in ist mit muss müssen nach nötig notwendig oder port ports über um und vom von was welche welcher welches wer werden wie wird wo wofür wozu zu zum zur
# Words that lines of logs have before the port or the address of each end, and the word for a port, parted by spaces; never shown.
search-source-words = Quell Absender Herkunft
search-destination-words = Ziel Empfänger
search-port-words = Port
# Words by which a search finds connections within one computer, parted by spaces; never shown.
search-loopback-words = Loopback localhost
search-protocol-words = Protokoll { $number }, Protokollnummer { $number }
search-echo-words = Ping, Erreichbarkeit
# Bei einer gefundenen Zeile. $options: Namen von Optionen.
search-addresses-depend = Adressen abhängig von: { $options }
port-in = Port { $port } liegt im Bereich { $range }.
address-when = { $address } ({ $condition })

## Diagramme

diagram = Diagramm
diagram-of-product = Verbindungen: { $name }
diagram-of-component = Ein- und ausgehende Verbindungen: { $name }
diagram-of-scenario = Verbindungen im Szenario „{ $name }“
diagram-arrows = Pfeile zeigen von der Seite, die die Verbindung aufbaut, zu der Seite, die sie annimmt.
diagram-ports-within = Ports unter einem einzelnen Namen: Auf ihnen werden alle ankommenden Verbindungen angenommen.
diagram-bracket = Klammer neben einer Liste: Die Linie gilt für jede Zeile, mit den Ports dieser Zeile.
diagram-within = ↻ vor Ports: nur innerhalb des Kastens verwendet; von außen führt keine Linie dorthin.
diagram-dashed = Gestrichelte Linien: nur unter der Bedingung nötig, deren Buchstabe neben dem Port steht.
diagram-lettered = Buchstabe hinter Ports: Was unten beim selben Buchstaben steht, gilt für alle Ports, die sich ein „/TCP“ oder „/UDP“ teilen.
diagram-dotted = Gepunktete Linien: Die Verbindung bleibt innerhalb eines Computers und läuft nicht über das Netzwerk.
diagram-blocked = Kreuz statt Pfeilspitze: muss blockiert werden.
diagram-anyone = Kasten mit runden Enden: beliebige Gegenstelle.
diagram-internal = Strichpunktierte Linien: nur innerhalb der Komponente verwendet; keine Verbindungen von Clients.
diagram-choice = Hohle Pfeilspitzen: Nicht alles ist nötig; einer der mit „oder“ verbundenen Ports oder eine der Verbindungen mit demselben Zeichen genügt.
diagram-alternatives = ◇ mit einer Zahl: Jede Quelle braucht eine der Verbindungen mit derselben Zahl.
diagram-sign = ◇
diagram-chosen = Kräftige Linien: in diesem Szenario nötig.
diagram-absent = Dünne Linien ohne Ports: in diesem Szenario nicht nötig.
diagram-on = Kräftige Linien: bei Ihrer Auswahl nötig.
diagram-off = Blasse Linien und durchgestrichene Ports: bei Ihrer Auswahl nicht nötig.
diagram-wall = Ziegelreihe: die Grenze zwischen zwei Zonen, an der eine Firewall steht.
diagram-zone-unknown = Standort nicht angegeben
diagram-too-large = Hier sind zu viele Gegenstellen beteiligt, um sie lesbar zu zeichnen; die Tabellen enthalten alle Verbindungen.
diagram-separator = { ", " }
diagram-in-words = Das Diagramm in Worten
# Eine Zeile der Liste in Worten, unter dem Namen der Quelle. $ports: Ports mit ihren Transportprotokollen.
diagram-connection = → { $to }: { $ports }
diagram-remark = { $connection } ({ $remark })
# In dieser Liste hinter dem Namen einer Quelle: ihr Standort.
diagram-zone = ({ $zone })
matrix = Als Tabelle
matrix-caption = Spalten sind Quellen, Zeilen sind Ziele. Eine Portnummer ohne Zusatz bedeutet TCP.
diagram-as-svg = Diagramm als SVG
diagram-as-mermaid = Diagramm als Mermaid-Text
