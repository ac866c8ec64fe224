"""Tags of the pages of scrutiny."""
