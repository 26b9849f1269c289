### Words by which `rutter audit` reads pages that were written elsewhere; nothing here is shown.
### Several words are parted by "|"; upper and lower case are the same.

# What stands beside a port number in a sentence or above a column.
audit-port = port | ports
# Instead of a number: every port.
audit-every-port = all | any | every
# Instead of a number: a port chosen at random.
audit-random-port = random
# Words that restrict a row to some cases.
audit-condition = only | if | when | where | unless | until | optional | optionally | applies to | in case
# Instead of addresses: another row or place of the page lists them.
audit-same-addresses = same addresses | same hosts | see above
# Behind a number that counts or measures, and is no port.
audit-counted = times | seconds | minutes | hours | days | percent | connections | rows
