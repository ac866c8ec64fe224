"""The feed: casework becomes records of the next snapshot, so that figures follow it within minutes."""
