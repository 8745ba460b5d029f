"""Files that people send: fetched, read in a worker, asked about, stored, told of, taken back."""
