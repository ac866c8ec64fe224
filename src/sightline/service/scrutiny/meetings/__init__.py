"""Committees, their meetings, agendas, packs, attendance and minutes."""
