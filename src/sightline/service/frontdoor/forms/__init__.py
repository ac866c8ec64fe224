"""The forms that officers, managers, agencies and the board fill in. No decision is chosen beforehand."""
