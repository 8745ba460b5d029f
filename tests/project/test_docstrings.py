"""A docstring begins with a sentence that has a verb: what the caller gets, in the third person.

A verb that is missing from the list is added to it; a noun, «Whether», «The same of» are no beginnings.
"""

import ast
from collections.abc import Iterator

import pytest

VERBS = """
Acts Adds Allows Amends Answers Archives Arranges Asks Awaits Begins Blocks Breaks Builds Caches Calls
Cancels Caps Changes Checks Chooses Claims Cleans Closes Collects Comments Compares Composes Computes
Connects Copies Corrects Counts Creates Cuts Decides Decodes Deletes Delivers Describes Draws Drops Edits
Empties Encodes Ends Enqueues Enters Erases Estimates Expects Explains Exports Extends Fails Fetches Fills
Finds Fits Follows Forgets Formats Forwards Frees Gathers Gets Gives Grants Greets Guesses Handles Hands
Has Hides Hints Holds Imports Inserts Invites Joins Judges Keeps Launches Leaves Lends Lets Links Listens
Lists Loads Locks Logs Looks Makes Maps Marks Matches Measures Meets Mends Merges Moves Mutes Names
Normalises Notes Offers Opens Parses Passes Pauses Picks Plans Polls Posts Prefers Prepares Presses Prints
Proves Publishes Pushes Puts Queues Raises Ranks Reads Recognises Refuses Registers Rejects Releases
Remembers Removes Renames Replaces Replays Reserves Resets Restores Resumes Retries Returns Rounds Runs
Saves Says Scales Schedules Seals Selects Sends Serialises Serves Sets Settles Shares Shows Skips Sorts
Spends Splits Starts Stops Stores Sums Surveys Swaps Switches Takes Tells Thins Times Translates Tries
Turns Types Undoes Updates Upgrades Uploads Uses Validates Verifies Waits Wakes Warns Watches Welcomes
Wraps Writes Yields
"""


def _fault(docstring: str) -> str | None:
    first = docstring.splitlines()[0]
    word, _, rest = first.partition(" ")
    is_noun = rest.startswith("of ") and not word.endswith(",")  # «Sums of», «Names of»
    if is_noun or word.rstrip(",") not in VERBS.split():
        return "no verb in the third person"
    return None if first.endswith((".", "…", ".»")) else "no whole sentence in the first line"


def _public(holder: ast.Module | ast.ClassDef) -> Iterator[tuple[int, str]]:
    """The line and the docstring of each public function that has one; a property is named like a thing."""
    for node in holder.body:
        if isinstance(node, ast.ClassDef):
            yield from _public(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            is_property = any("property" in ast.unparse(decorator) for decorator in node.decorator_list)
            if not is_property and (docstring := ast.get_docstring(node)):
                yield node.lineno, docstring


def test_docstrings_of_public_functions_say_in_a_sentence_what_the_caller_gets(room_files, root):
    faults = {
        f"{path.relative_to(root)}:{line}": f"{fault}: {docstring.splitlines()[0]}"
        for path in room_files
        for line, docstring in _public(ast.parse(path.read_text("utf-8")))
        if (fault := _fault(docstring))
    }
    assert faults == {}


@pytest.mark.parametrize(
    "fragment",
    [
        "The same of the posts of the whole history.",
        "Whether no gap is longer than a day.",
        "Sums of each day's posts.",
        "`readings`: every reading.",
        "Returns the posts of a table, those that",
    ],
)
def test_fragments_are_told_from_sentences(fragment):
    assert _fault(fragment)
