rutter.take("fr","d0","d2224822",[[5,"Guard","","","guard/","Protège jusqu’à 12 serveurs."],
[0,"Agent → Service","Guard","443 TCP","guard/#reports","Envoie les rapports au Service.\nUniquement si « Rapports » est activé"],
[1,"Agent","Guard","","guard/agent/",""],
[1,"Service","Guard","","guard/service/",""],
[7,"Rapports","Guard","","guard/#option-reports",""],
[8,"Ports","","","ports/","Every port number in any product, and the connections that use it."],
[2,"Port 443","","","ports/443/","TCP"],
[8,"Hosts","","","hosts/","Every host name and address that a rule may need to name."],
[8,"Glossary","","","glossary/","Terms used on these pages."]])
