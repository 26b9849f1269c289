rutter.take("ja","t3","eac260ea","name 5 8\nnamensserver 5 8\nお読 ? 5\nこの = 4\nであ @ 4\nます 01161 67543\nよび : 8\nを保 0 5\nジに 9 3\nトビ 2> 59\nドレ < 4\n作し 8 4\n合に 2 5\n合図 @ 4\n名と < 4\n指定 < 4")
