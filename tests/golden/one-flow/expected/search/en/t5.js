rutter.take("en","t5","683d16cf","1.0 0C 76\nand ;134 5856\nany ; 5\ndienst 5 8\nglossary A <\nheartbeat 2B 5;\nin 29 95\nlife D 6\nlinux 1111 8677\ntalks 3 5\nント 4 7")
