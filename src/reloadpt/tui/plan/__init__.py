"""The pages that make a plan."""
