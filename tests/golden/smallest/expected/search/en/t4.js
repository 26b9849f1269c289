rutter.take("en","t4","294e19c3","connections 4 5\nmay 6 5\nthat 42 55\nthe 4 5\nthese 7 6")
