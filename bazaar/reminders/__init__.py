"""Reminders of booked meetings, and the page behind their link: "I'm coming" or "I can't"."""
