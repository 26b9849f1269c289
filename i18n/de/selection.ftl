### The reader’s own rules: what is chosen, what follows from it, and the bar above the table.

environment = Ihre Umgebung
environment-intro = Geben Sie an, was Sie über Ihre Umgebung wissen; nicht nötige Verbindungen werden in der Tabelle ausgeblendet. Ihre Angaben werden nicht übertragen.
# $choice: what holds where nothing is chosen.
choice-default = ohne Auswahl: { $choice }
choice-open = ungeklärt
options-more = { $n ->
    [one] { $n } weitere Option
   *[other] { $n } weitere Optionen
  }
preset = Von einem Szenario ausgehen
preset-none = Kein Szenario
# $scenario: title of a scenario whose choices were changed.
preset-changed = { $scenario }, geändert
choices-clear = Auswahl zurücksetzen
choices-set = { $n } von { $all } gewählt
without = Nicht Teil Ihrer Umgebung
copy-link = Link kopieren
count-in = { $n } nötig
count-alternative = { $n ->
    [one] { $n } als Alternative
   *[other] { $n } als Alternative
  }
count-open = { $n } ungeklärt
count-out = { $n } nicht nötig
count-say = { $in ->
    [one] { $in } Verbindung nötig, { $alternative } als Alternative, { $open } ungeklärt, { $out } nicht nötig
   *[other] { $in } Verbindungen nötig, { $alternative } als Alternative, { $open } ungeklärt, { $out } nicht nötig
  }
group-several = Mehrere Quellen
# $component: who opens; $n: how many connections.
group-all = Alle { $n } Verbindungen mit der Quelle „{ $component }“
show-out = Nicht nötige Verbindungen einblenden
why-always = Ohne Bedingung: nötig, wo Sie Quelle und Ziel einsetzen
# $options: names of options that are undecided.
why-open = Abhängig von: { $options }
# $condition: what the reader chose, as far as it decides.
why-in = Nötig ({ $condition })
why-out = Nicht nötig ({ $choice })
why-without = Nicht nötig: { $component } ist nicht Teil Ihrer Umgebung
why-picked = Nicht nötig: Sie haben eine andere Alternative gewählt
why-alternative = Eine von mehreren Alternativen ist nötig, wo Sie Quelle und Ziel einsetzen
why-alternative-in = Eine von mehreren Alternativen ist nötig ({ $condition })
why-chosen = Nötig: Sie haben diese Alternative gewählt
way-use = Diese Alternative verwenden
one-port = Ein Port genügt
filter = Filtern
filter-text = Text, Port oder Host
filter-all = Alle
filter-none = Keine passende Verbindung.
filter-clear = Filter zurücksetzen
# How many rows a filter leaves.
count-shown = { $n } angezeigt
# Rows that "Possible or not stated" hides: a proxy can't be used there.
count-past = { $n } weitere nur ohne Proxy
# The host names of all rows that are shown, as far as the choices leave them.
hosts-copy-all = Alle Hostnamen kopieren
hosts-copy-shown = Angezeigte Hostnamen kopieren
# What was copied, in the sentence that says so.
hosts-named = { $n ->
    [one] { $n } Hostname
   *[other] { $n } Hostnamen
  }
download-shown = CSV der angezeigten Verbindungen
group-by = Gruppieren nach
group-none = Ohne Gruppierung
view = Ansicht
full = Alle Zeilen aufklappen
details = Einzelheiten
# allow untranslated: the word is German, too
proxy = Proxy
proxy-unknown = Keine Angabe
proxy-no = Nein
# A filter: every row but those that say no.
proxy-may-pass = Möglich oder keine Angabe
hosts-all = Für alle
hosts-copy = { $n ->
    [one] { $n } Hostnamen kopieren
   *[other] { $n } Hostnamen kopieren
  }
notes-all = Für alle Zeilen:
note-ref = { $kind } { $n }
note-back = Zurück zur Tabelle
skip-flows = Zu den Verbindungen springen
side-in = Eingehend: auf diesem Computer zulassen
side-out = Ausgehend: von diesem Computer aus zulassen
compare = Szenarien vergleichen
# Link beside a table, with the reader’s selection as one of two.
compare-with = Vergleichen
only-in = Nur oder anders in „{ $scenario }“ ({ $n })
in-both = In beiden gleich ({ $n })
choices-change = Auswahl ändern
request = Antrag auf Firewall-Freischaltung
request-from = Quelladresse (bitte eintragen)
request-to = Zieladresse (bitte eintragen)
request-reason = Begründung
request-left-out = { $n ->
    [one] Nicht enthalten: { $n } Verbindung innerhalb eines Computers
   *[other] Nicht enthalten: { $n } Verbindungen innerhalb eines Computers
  }
download-selection = CSV dieser Auswahl
# $id: an id in an address that names nothing on this page.
address-unknown = Der Link enthält Angaben, die es auf dieser Seite nicht gibt: { $ids }
# Behind a summary that was cut on a small screen.
summary-more = Mehr lesen

## Rows

# In the line of a row of which others may stand in the place.
# allow untranslated: the word is German, too
tag-alternative = Alternative
# Above rows. $title: what they are. $n: how many.
# How many rows stand below a head.
group-count = ({ $n })
# The same where a filter or a choice hides some.
group-count-of = ({ $n } von { $all })
title-count = { $title } ({ $n })
sources-read = Quelle gelesen am { $date }
# A link beside an alternative.
row-go-to = Zur Zeile
row-from = von { $source }:
row-in-full = Hinweise und Quellen in der vollständigen Zeile
# Between ports of which one is enough, and between the names of options at the corner of a grid.
ports-or = { " / " }
grid-corner = { " / " }
proxy-kind-http = HTTP
proxy-kind-socks = SOCKS
proxy-kind-both = HTTP oder SOCKS
proxy-kind-os = Im Betriebssystem
configurable-unknown = Steht in einer Zeile nicht, ob sich der Port ändern lässt, macht die Dokumentation dazu keine Angabe.
addresses-count = { $n ->
    [one] { $n } Adresse
   *[other] { $n } Adressen
  }
# $options: names of options on which the addresses depend.
addresses-by = { $n ->
    [one] { $n } Adresse je nach { $options }
   *[other] { $n } Adressen je nach { $options }
  }

## Two scenarios side by side

compare-title = Szenarien von { $product } vergleichen
compare-intro = Welche Verbindungen von { $product } nur bei der ersten oder nur bei der zweiten Auswahl nötig sind, welche bei beiden unterschiedlich ausfallen und wie viele übereinstimmen.
compare-differs = Verbindungen, die bei beiden unterschiedlich ausfallen, stehen auf beiden Seiten; die Unterschiede sind fett hervorgehoben.
compare-first = Erste Auswahl
compare-second = Zweite Auswahl
# Caption of a table that shows what each of two selections chooses.
compare-choices = Gewählte Optionen im Vergleich
compare-pair = „{ $first }“ und „{ $second }“
# Without scripts, where a product has very many scenarios.
compare-neighbours = Wegen der vielen möglichen Paare werden hier nur aufeinanderfolgende Szenarien miteinander verglichen.
# What a scenario makes of a connection.
state-in = Nötig
# allow untranslated: the word is German, too
state-alternative = Alternative
state-open = Ungeklärt
# $part: a component, a port or an address of a connection that is itself needed in another way.
part-alternative = { $part } (Alternative)
part-open = { $part } (ungeklärt)
## Change request

request-number = Nr.
request-purpose = Zweck
request-row = Zeile der Quellseite
request-filtered = Die Filter der Tabelle gelten hier nicht: Dieser Antrag enthält alle Verbindungen der Auswahl.
request-none = Für diese Auswahl ist keine Verbindung über ein Netzwerk nötig.
request-choices = Auswahl
request-no-choices = Keine Auswahl getroffen
request-address = Link zu dieser Seite
request-left-out-internal = { $n ->
    [one] Nicht enthalten: { $n } interne Verbindung
   *[other] Nicht enthalten: { $n } interne Verbindungen
  }
request-signed = Beantragt von
request-approved = Genehmigt von
# allow untranslated: the word is German, too
request-name = Name
request-date = Datum
request-leave = Zurück zur Seite
request-failed = Die Daten für den Antrag konnten nicht geladen werden.
# What a button copies, in the sentence that it was copied.
# allow untranslated: the word is German, too
copied-link = Link
# The whole sentence, while a filter of the table is set.
copied-link-filtered = Link kopiert. Die Filter der Tabelle sind darin nicht enthalten.
# Above connections of which a source needs one. $source: its name.
request-way = { $source } braucht eine dieser Alternativen
# Above connections of which each source needs one. $sources: names of sources that open several of them.
request-ways = Jede dieser Quellen braucht eine ihrer folgenden Alternativen: { $sources }
# In a row of such a group. $needed: the sources that have no alternative; $others: those that have.
request-mixed = Nötig für { $needed }; für { $others } eine von mehreren Alternativen
request-purpose-unknown = Keine Angabe
request-print = Drucken

## On paper

print-selection = Auswahl: { $choices }
# allow untranslated: the word is German, too
print-filter = Filter: { $filters }
# $n: how many connections are on the paper; $all: how many the page has; $out: how many the selection leaves out.
print-rows = Gedruckte Verbindungen: { $n } von { $all } (als nicht nötig weggelassen: { $out })
print-date = Gedruckt am { $date }
