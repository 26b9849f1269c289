rutter.take("en","t5","6e367478","and 42 55\nany 4 5\nglossary 7 <\nin 4 5")
