rutter.take("de","t2","9483fd72","dns 192 =<7\ndns-server 19 ;<\nprodukte ; 5\nproxys 9 4\nseit 9 4\nseiten A 6\nselbst 3 5\nsendet 2 5\nserver 019 7;<\nservice 5 8\nwindows 1111 8677")
