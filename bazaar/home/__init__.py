"""My day for each role, and the public page of a fair; may look at everything."""
