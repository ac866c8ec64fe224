"""Committees and their meetings: agenda, papers, attendance, minutes."""
