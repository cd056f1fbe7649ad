"""Finding what happened at the booths: for an exhibitor, for a jobseeker, and for the organisers."""
