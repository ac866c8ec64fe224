"""What is done at the front door: check, write, on record; each whole, by its verb."""
