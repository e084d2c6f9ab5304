"""The therapist's side: reports taken in, patients looked over."""
