"""What leaves this machine: the one file a patient shares."""
