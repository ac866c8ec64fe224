"""Figures in front of people: loads, overview, indicators, the children behind a figure, packs, API."""
