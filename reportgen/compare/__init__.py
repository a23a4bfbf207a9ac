"""Two editions of a case side by side: what changed, and what each change did to the answer."""
