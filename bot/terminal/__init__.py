"""The commands of `otklik`, one file each; imported when their command is called, so that `--help` loads none of them."""
