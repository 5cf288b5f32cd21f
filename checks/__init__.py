"""What does not add up: tally rules over one report or over a whole library."""
