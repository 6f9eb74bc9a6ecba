"""Is what a text says the law says, the law? Citations of a text with a verdict each."""
