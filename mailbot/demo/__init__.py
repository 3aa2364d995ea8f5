"""A day of mail on an embedded mail host, for the first look; nothing here runs in earnest."""
