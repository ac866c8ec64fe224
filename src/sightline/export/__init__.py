"""Returns written from records: the census, Annex A, and the Standard Safeguarding Dataset."""
