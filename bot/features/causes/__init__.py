"""«Why did it fall?»: causes that the data shows, each with its number and its share."""
