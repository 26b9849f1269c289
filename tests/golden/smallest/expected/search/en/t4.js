rutter.take("en","t4","6e367478","connections 4 5\nmay 6 5\nthat 42 55\nthe 4 5\nthese 7 6")
