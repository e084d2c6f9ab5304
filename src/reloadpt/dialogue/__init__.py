"""What a patient is asked, once for the screen and for the line mode: which questions, in which order, what is written."""
