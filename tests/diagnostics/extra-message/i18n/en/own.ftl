own-words = Our own words
