"""The front door: every contact, its triage, who decided what and why, and what the referrer was told."""
