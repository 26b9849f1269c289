rutter.take("en","t0","9c79032e","443 14 <>\n443/tcp 14 <<")
