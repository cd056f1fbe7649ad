"""Changing organisations, their people, their places at fairs, their vacancies, and taking in lists of them."""
