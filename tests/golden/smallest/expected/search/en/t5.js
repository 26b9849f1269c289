rutter.take("en","t5","3c2cf822","and 42 55\nany 4 5\nglossary 7 <\nin 4 5")
