"""Indicator definitions in SQL, and the engine that counts their evidence rows."""
