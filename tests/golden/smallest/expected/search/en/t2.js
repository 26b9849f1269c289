rutter.take("en","t2","9c79032e","product 4 5\nsends 1 8\nservers 0 9\nservice 12 <=")
