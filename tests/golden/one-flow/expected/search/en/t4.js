rutter.take("en","t4","123f91e3","com 2? :<\ncomputer 3 5\nfrom 3 5\nhttps 2; <8\nmanual D 6\nmay @ 5\nquiet 6> ;6\nthat @ 5\nthe 021 855\nthese B 6\nthrough 9 4\nェン 4 6\nエー 4 6\nージ 4 6\nーバ : 7")
