// What the script of the rows says too.
export const counted = rutter.table.counted;
export const fill = rutter.table.fill;
export const words = rutter.table.words;
