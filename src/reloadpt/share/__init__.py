"""What leaves this machine when its owner sends it."""
