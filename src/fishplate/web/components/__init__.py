"""What both modes' pages are made of: blocks, the layout they are put in, and the headers they are sent with."""
