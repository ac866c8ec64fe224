"""Invented families and cases of the pathway, part by part. No child in them is real."""
