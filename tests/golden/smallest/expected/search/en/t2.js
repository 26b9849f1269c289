rutter.take("en","t2","294e19c3","product 4 5\nsends 1 8\nservers 0 9\nservice 12 <=")
