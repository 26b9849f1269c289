rutter.take("en","t0","3c2cf822","443 14 <>\n443/tcp 14 <<")
