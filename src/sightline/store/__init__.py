"""Snapshots: parquet and a manifest, written once and swapped in whole."""
