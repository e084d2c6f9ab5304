"""The therapist's side."""
