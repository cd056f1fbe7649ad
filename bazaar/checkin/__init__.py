"""Devices, scans at the door and at the booth, and what a recruiter writes at a scan."""
