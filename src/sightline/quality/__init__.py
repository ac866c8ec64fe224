"""Rules in SQL that say what is wrong, and which of them could not run."""
