// What the script of the rows says and does too.
export const counted = rutter.table.counted;
export const fill = rutter.table.fill;
export const pickIn = rutter.table.pickIn;
export const portsOf = rutter.table.portsOf;
export const words = rutter.table.words;
