nonsense = Rien
