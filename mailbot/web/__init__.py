"""The officers' desk in a browser: sign-in, pages, and one table that says who may see which."""
