rutter.take("fr","t4","d2224822","au 1 7\nconnections 5 5\nmay 7 5\nthat 52 55\nthe 5 5\nthese 8 6")
