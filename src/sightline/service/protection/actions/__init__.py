"""What is done on the pathway: each checks, writes and is on record, whole."""
