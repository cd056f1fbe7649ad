"""Drawing and printing the badge."""
