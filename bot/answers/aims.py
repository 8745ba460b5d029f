"""From stored goals to what answers compare with: workers that put goals into words load no storage for it."""

from metrics.goals import Aim
from storage.workspace.goals import Goal


def aim_of(goal: Goal) -> Aim:
    return Aim(goal.metric, goal.target, goal.due_on, goal.start_value, goal.start_on)
