"""Occupations: field -> group -> name. Ships a short list; the whole list is loaded by a command."""
