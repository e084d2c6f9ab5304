"""The state machine that guides a session."""
