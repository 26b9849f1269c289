rutter.take("fr","t0","d2224822","443 15 <>\n443/tcp 15 <<")
