own-words =
    .title = Our own words
