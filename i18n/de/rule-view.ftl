### Firewall rules on the page of a product: a form, the files, and what is not in them.

# Button and title.
rule-view = Firewallregeln
rule-view-failed = Die Daten für die Regeln konnten nicht geladen werden.
# „Ihre Umgebung“ is the panel above, with the same heading.
rule-view-intro = Die Regeln ergeben sich aus Ihrer Auswahl unter „Ihre Umgebung“. Was Sie eingeben, bleibt auf dieser Seite, solange Sie unten nichts anderes wählen. Übertragen wird nichts.

## Where and how

rule-view-side = Wo die Regeln gelten
rule-view-gateway = Gateway zwischen Zonen
rule-view-gateway-all = Zwischen allen Computern (Segmentierung)
# $component: name of a component.
rule-view-host = Computer: { $component }
# allow untranslated: the word is German, too
rule-view-format = Format
# Groups in the list of formats.
rule-view-sheets = Tabellen
# allow untranslated: the word is German, too
rule-view-firewalls = Firewalls
# allow untranslated: the word is German, too
rule-view-clouds = Cloud
rule-view-lists = Hostlisten
rule-view-tests = Verbindungstests
# $name: a word of the file, such as table or prefix.
rule-view-setting = Name für „{ $name }“
rule-view-closed = Alles andere blockieren

## Where one of several is enough

# Above connections to choose from.
rule-view-one-of = Eine dieser Verbindungen genügt
# Above ports to choose from. $connection: its ends and ports.
rule-view-one-line = Einer dieser Ports genügt: { $connection }
rule-view-every = Überall dort, wo eine Möglichkeit genügt, alle zulassen

## What the reader types

rule-view-addresses = Ihre Adressen
rule-view-addresses-help = IP-Adressen, Subnetze oder Hostnamen, getrennt durch Kommas oder Zeilenumbrüche
rule-view-addresses-none = Für diese Regeln müssen Sie keine Adressen eingeben.
# Opens fields for components whose addresses are known.
rule-view-published = Veröffentlichte Adressen ersetzen
rule-view-keep = Veröffentlichte Adressen zusätzlich behalten
rule-view-ports = Ihre Ports
rule-view-ports-help = Eine Nummer oder ein Bereich, zum Beispiel 8443 oder 9000-9010
# $entry: what was typed. $example: a host name.
rule-view-wrong-form = { $entry } ist keine Adresse. Schreiben Sie 10.0.0.9, 10.0.0.0/8, 2001:db8::1 oder { $example }.
# Buttons with both readings follow.
rule-view-wrong-host-bits = { $entry } kann eine einzelne Adresse oder ein ganzes Subnetz bedeuten. Wählen Sie aus:
rule-view-wrong-everything = { $entry } bedeutet jede Adresse und kann nur allein stehen. Entfernen Sie diesen Eintrag oder die anderen.
# A button follows: rule-view-everything-yes.
rule-view-everything = { $entry } bedeutet jede Adresse im Internet.
rule-view-everything-yes = Jede Adresse zulassen
rule-view-wrong-long = { $entry } ist zu lang für eine Adresse.
rule-view-wrong-many = Das sind mehr als 10.000 Adressen. Fassen Sie sie zu Subnetzen zusammen.
rule-view-wrong-port = { $entry } ist kein Port. Schreiben Sie eine Nummer von 1 bis 65535 oder einen Bereich wie 9000-9010.
# $default: what stands in the file instead.
rule-view-wrong-setting = Dieser Name enthält Zeichen, die hier nicht erlaubt sind. In der Datei steht „{ $default }“.
# Above what is kept beyond this page.
rule-view-keeping = Eingaben behalten
rule-view-share = Meine Adressen und Ports in den Link aufnehmen
rule-view-remember = Auf diesem Gerät merken
# Button beside it.
rule-view-forget = Gespeichertes löschen
# Above selections whose rules stand in the same files.
rule-view-others = Regeln auch für
rule-view-add = Weitere Umgebung hinzufügen
rule-view-remove = Entfernen

## The files

rule-view-rules = { $n ->
    [one] { $n } Regel
   *[other] { $n } Regeln
  }
rule-view-left = { $n } nicht enthalten
rule-view-file = Datei
# $file: name of a file.
rule-view-download = { $file } herunterladen
rule-view-no-preview = Diese Datei lässt sich hier nicht anzeigen. Laden Sie sie herunter, und öffnen Sie sie in einer Tabellenkalkulation.
rule-view-none = Es lässt sich keine Regel schreiben. Die Gründe stehen unten.
rule-view-not-included = Nicht enthalten
rule-view-nothing-left = Alle nötigen Verbindungen stehen in den Regeln.
