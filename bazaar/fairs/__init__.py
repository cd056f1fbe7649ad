"""A fair: its days, halls, partners, organisers and staff. The first full feature: read it first."""
