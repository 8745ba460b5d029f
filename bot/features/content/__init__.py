"""`/content`: what results go with: format, length, hashtag, weekday, advertising."""
