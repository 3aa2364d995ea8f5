"""The edge of the house: IMAP, SMTP, database, keys, texts; it has no opinions."""
