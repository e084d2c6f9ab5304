"""What the record means: how much was done of what was planned, how it felt, and whom to look at first."""
