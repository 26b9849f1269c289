rutter.take("fr","t1","d2224822","12 0 8\na 07 85\nenvoie 1 7\nevery 52 55\nles 1 7\npages 8 6\nterms 8 6\nuniquement 1 7")
