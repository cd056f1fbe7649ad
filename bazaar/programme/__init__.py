"""Talks, workshops, CV help, interview practice: with places, sign-up and a waitlist."""
