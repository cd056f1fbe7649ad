"""Printed pages in our own fonts, in which every script is shaped as it is written, streamed to a file."""
