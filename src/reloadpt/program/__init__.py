"""The programmes: what each muscle does after the needle, and what one patient was given."""
