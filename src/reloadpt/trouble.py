"""The kinds of error that a person is meant to read."""


class Trouble(Exception):
    """Something that stops the work, said in one or two plain sentences; the command exits with 1."""


class Fault(Trouble):
    """A mistake of our own, met with one file of several: said in a sentence, noted, and the command exits with 70."""
