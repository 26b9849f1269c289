rutter.take("fr","t0","da23f923","443 15 <>\n443/tcp 15 <<")
