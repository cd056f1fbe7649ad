"""Slots, requests, bookings, day plans and calendars: how meetings come about."""
