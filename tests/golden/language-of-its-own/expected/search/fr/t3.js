rutter.take("fr","t3","d2224822","address 7 5\nit 5 5\njusqu 0 8\nname 7 6\nrule 7 5\nto 7 5")
