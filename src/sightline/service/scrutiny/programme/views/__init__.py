"""The pages of the work programme, by subject."""
