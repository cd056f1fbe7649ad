"""The list of people met, next steps, and the answer owed."""
