back home = Go home
