rutter.take("fr","t6","d2224822","agent 11 <=\nest 1 7\nguard 01111 =7::9\nsi 1 7\nuse 5 5\nused 8 6")
