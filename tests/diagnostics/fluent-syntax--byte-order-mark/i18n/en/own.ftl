# Our own words.
