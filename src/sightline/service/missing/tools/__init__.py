"""Screening tools as dated data: levels, questions in plain words, scores and where they come from."""
