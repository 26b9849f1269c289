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
