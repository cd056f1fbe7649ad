"""The floor plan, the time blocks, and who stands where when."""
