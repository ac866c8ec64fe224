"""What the front door is set up with: forms, kinds of concern, lawful reasons, letters, levels of need."""
