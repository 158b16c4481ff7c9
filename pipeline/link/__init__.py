"""Link what was found: speakers to people, places to countries, events to their reporters."""
