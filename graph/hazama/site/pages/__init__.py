"""One file a kind of page: its documented value and the function that makes it."""
