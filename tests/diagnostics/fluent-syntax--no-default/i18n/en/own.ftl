own-link =
    { $count ->
        [one] Link to this entry
    }
