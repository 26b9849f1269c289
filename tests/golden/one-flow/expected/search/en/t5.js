rutter.take("en","t5","9e30e3db","1.0 0D 76\nand ;144 5856\nany ; 5\ndienst 5 8\nglossary B <\nheartbeat 2C 4;\nin 29 95\ninferred 2 4\nlife E 6\nlinux 1111 7577\ntalks 3 5\nント 4 6")
