"""Who claims what: attributed quotes and closure events from news articles, each with its exact place in the text."""
