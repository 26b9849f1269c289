rutter.take("fr","t0","0ba1ef10","443 15 <>\n443/tcp 15 <<")
