rutter.take("en","t2","6e367478","product 4 5\nsends 1 8\nservers 0 9\nservice 12 <=")
