"""A small made-up place: its people, their lives, and the files its organisations would send about them.

Nobody in it exists. It is there to try Fishplate on, and to test it. Chance comes from one seed, and no clock is read.
"""
