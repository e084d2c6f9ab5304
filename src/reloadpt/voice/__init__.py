"""What a session sounds like: tones or bells, and a voice, for the full-screen app and the line mode alike."""
