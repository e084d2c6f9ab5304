"""The one kind of error that a person is meant to read."""


class Trouble(Exception):
    """Something that stops the work, said in one or two plain sentences; the command exits with 1."""
