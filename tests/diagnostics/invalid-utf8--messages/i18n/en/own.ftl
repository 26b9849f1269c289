# Ana’s words
