"""Forms of the pathway. Nothing is chosen beforehand where something is decided."""
