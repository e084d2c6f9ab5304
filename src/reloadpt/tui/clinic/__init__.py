"""The therapist's app."""
