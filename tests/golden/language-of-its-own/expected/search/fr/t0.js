rutter.take("fr","t0","cefa3093","443 15 <>\n443/tcp 15 <<")
