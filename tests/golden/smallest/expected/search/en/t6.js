rutter.take("en","t6","6e367478","agent 11 <=\nguard 0111 =8::\nguards 0 9\nuse 4 5\nused 7 6")
