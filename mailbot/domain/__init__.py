"""What the house knows of mail, cases and terms; pure, standard library only."""
