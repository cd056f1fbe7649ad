"""Organisations, their people, their vacancies, and their place at a fair (an exhibitor)."""
