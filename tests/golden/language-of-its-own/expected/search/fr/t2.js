rutter.take("fr","t2","d2224822","active 1 7\nproduct 5 5\nprotege 0 8\nserveurs 0 8\nservice 12 ==")
