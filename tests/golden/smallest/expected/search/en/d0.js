rutter.take("en","d0","6e367478",[[5,"Guard","","","guard/","Guards servers."],
[0,"Agent → Service","Guard","443 TCP","guard/#reports","Sends reports."],
[1,"Agent","Guard","","guard/agent/",""],
[1,"Service","Guard","","guard/service/",""],
[8,"Ports","","","ports/","Every port number in any product, and the connections that use it."],
[2,"Port 443","","","ports/443/","TCP"],
[8,"Hosts","","","hosts/","Every host name and address that a rule may need to name."],
[8,"Glossary","","","glossary/","Terms used on these pages."]])
