"""One module for each page, or for a few pages of one thing."""
