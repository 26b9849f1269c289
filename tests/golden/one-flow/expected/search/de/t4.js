rutter.take("de","t4","02f86737","auf 12? 756\naus 3 5\ncom 2? :<\ncomputer 3 5\nein E 7\neine @ 5\neinen 2 5\nhttps 2; <8\nmit 3 5\nェン 4 6\nエー 4 6\nージ 4 6\nーバ : 8")
