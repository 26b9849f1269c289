rutter.take("fr","t0","9bca1142","443 15 <>\n443/tcp 15 <<")
