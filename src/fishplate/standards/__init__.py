"""What a good join is: one small file for each standard, read and checked here, with the packs that Fishplate ships."""
