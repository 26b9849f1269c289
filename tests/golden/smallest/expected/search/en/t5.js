rutter.take("en","t5","9c79032e","and 42 55\nany 4 5\nglossary 7 <\nin 4 5")
