"""Readers: one module per format in; every cell that cannot be used becomes a finding."""
