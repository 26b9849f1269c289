own-words = 独自の文言
