"""A stranger's file -> rows of posts. Runs only in workers and on the command line."""
