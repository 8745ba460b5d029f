"""The public side of Telegram as everybody sees it in a browser: t.me/NAME and t.me/s/NAME, under /public/."""
