"""Load models/: what the extractors know, as readable data. Unknown keys are refused."""
