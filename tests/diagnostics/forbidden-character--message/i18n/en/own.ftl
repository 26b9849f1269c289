own-words = Port { "\u200B" }reference
