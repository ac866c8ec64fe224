"""The pages of the protection pathway."""
