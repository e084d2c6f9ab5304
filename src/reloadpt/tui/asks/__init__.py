"""Screens that ask one thing, in whichever app."""
