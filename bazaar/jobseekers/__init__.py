"""Registration at a fair (it holds the badge code), the profile, and access needs kept apart."""
