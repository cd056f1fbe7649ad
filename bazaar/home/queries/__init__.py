"""What the start pages show: a few counted facts each, over all features of one fair."""
