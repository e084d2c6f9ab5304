"""A body in two dimensions that performs an exercise, in a terminal or on paper."""
