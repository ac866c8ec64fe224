"""The append-only, hash-chained log of every change, view of a child's record, and refusal."""
