rutter.take("en","t2","683d16cf","dns 192 ==8\ndns-server : 7\nis 2 5\nproduct ; 5\nproxies 9 4\nsee 9 4\nsends 2 5\nserver 19 <=\nservers 0 7\nservice 0234 7<=4\nwindows 1111 8677\nwithin 3 5")
