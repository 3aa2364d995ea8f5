ALTER TABLE mailbox ADD COLUMN silent_before DATETIME
