"""Leaving and being erased: what a person takes back is taken back everywhere."""
