rutter.take("en","t1","683d16cf","23 9 4\na 2=5 556\nenabled 2 5\nevery ;4 55\nfor 4 7\nleaves 6 6\nnothing 6 6\nnovember 9 4\npages A 6\nstart C ;\nterms A 6\nwhen 2 5")
