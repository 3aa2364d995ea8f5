"""The house of mailbot: the service behind the privacy mailbox of a school board."""
