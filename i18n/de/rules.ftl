### Firewall rules made from a selection: what stands in sheets and comments, and why a connection is not in a file.

# In place of a scenario's title, where the reader chose alone.
rules-own = eigene Auswahl

## Words in the files

rules-t-product = Produkt
# allow untranslated: the same word
rules-t-version = Version
rules-t-scenario = Szenario
# For which machine or gateway the rules are.
rules-t-side = Regeln für
# A short code that changes whenever the facts behind the rules change.
rules-t-fingerprint = Datenstand
rules-t-number = Nr.
rules-t-direction = Richtung
rules-t-source = Quelle
rules-t-source-address = Quelladresse
rules-t-source-port = Quellport
rules-t-destination = Ziel
rules-t-destination-address = Zieladresse
rules-t-protocol = Protokoll
# allow untranslated: the same word
rules-t-port = Port
rules-t-icmp-type = ICMP-Typ
rules-t-purpose = Zweck
# The id of a connection.
rules-t-connection = Verbindung
rules-t-reason = Grund
# What of a connection is not in the file: an option, a port, an address, …
rules-t-subject = Betrifft
rules-t-explanation = Was zu tun ist
# Directions of a rule, seen from the machine or from the gateway that filters.
rules-t-in = Eingehend
rules-t-out = Ausgehend
rules-t-forward = Weitergeleitet
# In place of an address: the machine that the rules are for.
rules-t-here = dieser Computer
rules-t-any = Beliebig
rules-t-any-port = Alle
# Names of the sheets of a workbook, at most 31 characters.
rules-t-sheet-rules = Regeln
rules-t-sheet-left = Nicht enthalten
rules-t-sheet-about = Angaben
# Heading of the list of connections that the file does not allow.
rules-t-not-expressed = Nicht enthalten:
# Comments above commands.
rules-t-load = Datei laden:
rules-t-unload = Regeln entfernen:
rules-t-jump = Einmalig, aus Ihren eigenen Ketten, die bestehende Verbindungen durchlassen müssen:
# Behind a line in which an example address has to be replaced.
rules-t-fill = durch Ihre Adressen ersetzen und das # am Zeilenanfang entfernen
rules-t-csv-separator = { ";" }

## Why something is not included

# $what: ids of options, parted by commas.
rules-depends = Dies hängt von ungeklärten Optionen ab ({ $what }): Treffen Sie die Auswahl auf der Seite oder mit --choose.
# $what: ids of connections.
rules-one-of = Eine von mehreren Alternativen genügt ({ $what }): Wählen Sie eine auf der Seite oder mit --pick.
# $what: ports with their transports.
rules-one-line = Einer dieser Ports genügt ({ $what }): Wählen Sie einen auf der Seite oder mit --pick.
rules-loopback = Diese Verbindung bleibt innerhalb eines Computers und braucht keine Regel im Netzwerk: Sie müssen nichts tun.
rules-internal = Dieser Port wird nur innerhalb einer Komponente verwendet, kein Client verbindet sich mit ihm: Wenn der Computer selbst filtert, erstellen Sie Regeln für diesen Computer.
# $what: id of a zone.
rules-same-zone = Quelle und Ziel liegen beide in der Zone { $what }, sodass kein Gateway zwischen Zonen beteiligt ist: Wenn Sie auch innerhalb der Zone filtern, erstellen Sie Regeln für gateway-all.
# $what: a range of ports with its transport.
rules-random = Der Port wird zufällig gewählt ({ $what }), und eine Regel für den ganzen Bereich würde zu viel erlauben: Legen Sie im Produkt einen festen Port fest, falls das möglich ist, und ergänzen Sie die Regel von Hand.
# $what: a transport.
rules-configured = Der { $what }-Port ist auf Ihrem eigenen Server festgelegt: Geben Sie ihn auf der Seite oder mit --port an.
# $what: ids of components.
rules-unpublished = Die Adressen von { $what } sind nicht veröffentlicht: Ermitteln Sie sie und geben Sie sie auf der Seite oder mit --address an.
rules-unknown = Die Dokumentation nennt die Adressen von { $what } nicht: Ermitteln Sie sie und geben Sie sie auf der Seite oder mit --address an.
# $what: id of the source that lists the addresses.
rules-see = Die Adressen sind anderswo aufgeführt (Quelle { $what }): Schlagen Sie sie dort nach und geben Sie sie auf der Seite oder mit --address an.
rules-none-for-choice = Für diese Auswahl ist keine Adresse von { $what } veröffentlicht: Prüfen Sie die Auswahl oder geben Sie die Adressen auf der Seite oder mit --address an.
# $what: an address with a path.
rules-path = Die Regel kann von { $what } nur den Host enthalten, nicht den Pfad: Soll nur dieser Pfad erlaubt sein, verwenden Sie einen Filter, der URLs prüft.
# $what: a host name.
rules-fqdn = Dieses Format kann den Hostnamen { $what } nicht enthalten: Wählen Sie ein anderes Format oder geben Sie die aktuellen Adressen des Hosts auf der Seite oder mit --address an.
rules-wild = Dieses Format kann den Platzhalternamen { $what } nicht enthalten: Wählen Sie ein anderes Format oder geben Sie die Hosts, die Sie verwenden, auf der Seite oder mit --address an.
# $what: a host name with a path.
rules-url = Dieses Format kann die URL { $what } nicht enthalten: Wählen Sie ein anderes Format oder geben Sie die aktuellen Adressen des Hosts auf der Seite oder mit --address an.
# $what: an address or a network.
rules-v4 = Dieses Format kann die Adresse oder das Subnetz { $what } (IPv4) nicht enthalten: Wählen Sie dafür ein anderes Format.
rules-v6 = Dieses Format kann die Adresse oder das Subnetz { $what } (IPv6) nicht enthalten: Wählen Sie dafür ein anderes Format.
# $what: id of a component.
rules-named = Die Adresse von { $what } fehlt: Geben Sie sie auf der Seite oder mit --address an.
rules-any = Dieses Format kann nicht beliebige Adressen erlauben: Wählen Sie ein anderes Format oder ergänzen Sie die Regel von Hand.
# $what: a protocol.
rules-any-port = Dieses Format kann nicht alle { $what }-Ports erlauben: Wählen Sie ein anderes Format oder ergänzen Sie die Regel von Hand.
rules-proto = Dieses Format kennt keine Regeln für { $what }: Wählen Sie ein anderes Format oder ergänzen Sie die Regel von Hand.
# $what: the number that the rule would have.
rules-limit = Mit der Nummer { $what } überschreitet die Regel die Grenze dieses Formats: Wählen Sie weniger Verbindungen oder fassen Sie Adressen zu Subnetzen zusammen.
# $what: a protocol.
rules-no-common-family = Quelle und Ziel haben keine gemeinsame IP-Version, die zu { $what } passt: Geben Sie auf der Seite oder mit --address für beide Adressen derselben IP-Version an.
# $what: in, out or forward.
rules-side = Dieses Format kennt keine Regeln für die Richtung { $what }: Wählen Sie ein anderes Format oder erstellen Sie die Regeln für die Gegenseite.
rules-block = Diese Verbindung muss blockiert sein: Stellen Sie sicher, dass keine Ihrer Regeln sie erlaubt.
# $what: from or to.
rules-unstated = Die Dokumentation nennt ein Ende dieser Verbindung nicht ({ $what }): Fragen Sie beim Hersteller nach und ergänzen Sie die Regel von Hand.
# $what: ports with a transport.
rules-source-port = Der Quellport { $what } lässt sich in dieser Regel nicht angeben: Wählen Sie ein anderes Format oder ergänzen Sie die Regel von Hand mit dem tatsächlich verwendeten Port.
# $what: number of a type of messages.
rules-icmp-type = Dieses Format kann ICMP nicht auf den Typ { $what } beschränken: Wählen Sie ein anderes Format oder ergänzen Sie die Regel von Hand.
