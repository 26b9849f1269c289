back-home = Go home
