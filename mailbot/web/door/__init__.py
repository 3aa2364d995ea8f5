"""How a person comes in: password, second factor, session; each step can be slowed and is counted."""
