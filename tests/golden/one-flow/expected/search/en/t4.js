rutter.take("en","t4","ab9e30a1","com 2> :<\ncomputer 3 5\nfrom 3 5\nhttps 2; <8\nmanual C 6\nmay ? 5\nquiet 6= ;6\nthat ? 5\nthe 02 85\nthese A 6\nthrough 9 4\nェン 4 7\nエー 4 7\nージ 4 7\nーバ : 7")
