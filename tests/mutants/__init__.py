"""The check that the tests notice a changed line: mutants, each tried in a process of its own."""
