"""Where tables live: what a table is, the engines that hold them, and files that are replaced whole or not at all."""
