"""The protection pathway: from a referral to a plan and out of it; children missing and exploited."""
