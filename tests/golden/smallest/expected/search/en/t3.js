rutter.take("en","t3","6e367478","address 6 5\nit 4 5\nname 6 6\nreports 1 8\nrule 6 5\nto 6 5")
