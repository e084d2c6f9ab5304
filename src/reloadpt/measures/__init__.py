"""What the record means."""
