rutter.take("en","t0","294e19c3","443 14 <>\n443/tcp 14 <<")
