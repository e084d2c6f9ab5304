"""The line mode: all that a patient does, line by line, for screen readers, pipes and dumb terminals."""
