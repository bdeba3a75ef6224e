"""What is wrong with the shapes and texts of a layer, and what may be put right without harm."""
