"""Weights of the names component, and the code that travels with them."""
