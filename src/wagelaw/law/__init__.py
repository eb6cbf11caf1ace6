"""The dated tables of the law (YAML, one folder a place) and the program that builds and checks them."""
