"""What breaks: old rows stay, fresh ones go, a half-finished run is lost, an answer or an undone import changes."""

from dataclasses import replace

import pytest
from sqlalchemy import func, insert, select, update

from bot.answers.drops.evaluation import evaluate
from bot.answers.drops.gather import gather as gather_drops
from bot.answers.gather import gather
from bot.core.clock import FixedClock
from bot.core.parsing.periods import PeriodChoice
from bot.features.check.asked import Wanted
from bot.features.check.compute import audit_of
from bot.features.check.gather import from_storage
from bot.features.engagement.compute import build_report as engagement
from bot.features.growth.compute import build_report as growth
from bot.features.growth.gather import gather as gather_growth
from bot.features.top.compute import build_report as top
from bot.features.top.request import TopRequest
from bot.notifications.housekeeping import keep_house
