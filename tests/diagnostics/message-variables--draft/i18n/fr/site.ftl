row-cited = Page source, ligne { $row }
