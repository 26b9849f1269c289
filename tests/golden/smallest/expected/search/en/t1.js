rutter.take("en","t1","294e19c3","a 6 5\nevery 42 55\npages 7 6\nterms 7 6")
