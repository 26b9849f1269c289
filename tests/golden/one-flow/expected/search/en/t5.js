rutter.take("en","t5","123f91e3","1.0 0D 76\nand ;144 5856\nany ; 5\ndienst 5 8\nglossary B <\nheartbeat 2C 5;\nin 29 95\nlife E 6\nlinux 1111 8677\ntalks 3 5\nント 4 6")
