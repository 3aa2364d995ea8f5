"""What people do on a case besides deciding it: one module for each kind of act."""
