"""How the paper looks, as a case or a brand file says it."""
