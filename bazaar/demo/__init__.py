"""A made-up fair for trying Bazaar out: believable, and the same for the same seed."""
