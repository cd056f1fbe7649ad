"""Who can sign in, and who is asking. No passwords: one-time codes and links."""
