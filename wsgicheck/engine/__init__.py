"""Conducts exchanges, settles them, has them judged, and confirms what failed."""
