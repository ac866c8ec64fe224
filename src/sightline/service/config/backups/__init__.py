"""A deployment in one file, and back from it (docs/decisions/0009-a-backup-is-one-file-of-our-own.md)."""
