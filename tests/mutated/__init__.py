"""Inputs of every kind, each changed in a few places, given to the commands: the exit code is 0, 1 or 2 and nothing else."""
