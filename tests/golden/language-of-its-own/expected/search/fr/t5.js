rutter.take("fr","t5","d2224822","and 52 55\nany 5 5\nglossary 8 <\nin 5 5")
