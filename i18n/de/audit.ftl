### Wörter, an denen `rutter audit` andernorts veröffentlichte Seiten liest; angezeigt wird hier nichts.
### Mehrere Wörter trennt „|“; Groß- und Kleinschreibung spielt keine Rolle.

# Was neben einer Portnummer im Satz oder über einer Spalte steht.
audit-port = Port | Ports | Portnummer | Portnummern
# Statt einer Nummer: jeder Port.
audit-every-port = alle | beliebig | jeder
# Statt einer Nummer: ein zufällig gewählter Port.
audit-random-port = zufällig | zufälliger
# Wörter, die eine Zeile auf manche Fälle beschränken.
audit-condition = nur | wenn | falls | sofern | sobald | solange | optional | ausschließlich | lediglich | im Fall
# Statt Adressen: Eine andere Zeile oder Stelle der Seite nennt sie.
audit-same-addresses = dieselben Adressen | gleiche Adressen | gleichen Adressen | dieselben Hosts | siehe oben
# Hinter einer Zahl, die zählt oder misst und kein Port ist.
audit-counted = mal | Sekunden | Minuten | Stunden | Tage | Tagen | Prozent | Verbindungen | Zeilen
