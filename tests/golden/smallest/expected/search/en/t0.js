rutter.take("en","t0","6e367478","443 14 <>\n443/tcp 14 <<")
