"""Invented patients, for trying the program and for testing it: nobody is described here."""
