rutter.take("en","t1","6e367478","a 6 5\nevery 42 55\npages 7 6\nterms 7 6")
