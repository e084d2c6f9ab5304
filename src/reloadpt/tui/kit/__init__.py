"""What every app and screen stands on: settings, keys, actions, colours."""
