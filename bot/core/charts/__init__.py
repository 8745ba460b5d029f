"""Chart data -> image bytes. Figure objects, never pyplot; drawn in workers."""
