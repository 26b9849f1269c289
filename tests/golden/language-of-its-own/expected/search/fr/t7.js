rutter.take("fr","t7","d2224822","host 7 5\nhosts 7 <\nneed 7 5\nnumber 5 5\non 8 6\nport 51 5<\nports 5 <\nrapports 13 8<\ntcp 15 <=")
