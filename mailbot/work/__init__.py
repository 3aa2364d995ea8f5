"""The steps of the one path; they know the domain and its ports only."""
