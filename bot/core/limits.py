"""What one person or one chat may ask of the bot, so that one can't slow the others: every number with its reason."""

from metrics.ages import AGES_H

PAGE_EVERY_S = 1.0  # public pages are nobody's API: one request a second is what a careful reader makes
PAGES_S = 20.0  # of each minute for pages that are due; the rest belongs to those who wait for an answer
POSTS_A_DAY = 5  # of a usual channel
# A page is read for each age of each post: 640 channels, and more where posts come of age together.
CAPACITY = int(PAGES_S * 24 * 60 / PAGE_EVERY_S / (POSTS_A_DAY * len(AGES_H)))

# Looks at pages that a person may ask for in an hour. A minute of reading each, of the 60 that everybody shares.
# By the code of what a person is told.
AN_HOUR = {
    "limit.check": 30,  # about 90 pages
    "limit.follow": 10,  # a team's list is added in an afternoon, a stranger's flood is not
    "limit.placement": 30,
}
FOLLOWS = 50  # of a chat: a thirteenth of what can be read at all
POSTS_READ_A_DAY = 50  # of one channel, at each of their ages; a busier one is read once an hour
LONGEST_WAIT_S = 120.0  # nobody looks at a chat for longer; they are asked to come back
