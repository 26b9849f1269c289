rutter.take("en","t7","6e367478","host 6 5\nhosts 6 <\nneed 6 5\nnumber 4 5\non 7 6\nport 41 5<\nports 4 <\ntcp 14 <=")
