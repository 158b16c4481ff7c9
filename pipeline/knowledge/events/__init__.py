"""Event types and the general English that the rules for events go by: read from models/, checked, made records."""
