"""What each paragraph of an article is: headline, caption, credit, dateline, body, boilerplate."""
