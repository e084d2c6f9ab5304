"""The patient's app: its screens, and what follows what."""
