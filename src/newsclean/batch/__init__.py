"""Many sources → outcomes, each written as soon as its turn has come: memory does not grow with the number of pages.

`run` goes through the inputs in order: what is done already is passed over, the rest is handed to workers, and what
they bring back is settled in the order of the inputs, so that the output is the same whatever their number.
"""

from newsclean.batch.options import Batch, Filters, Reading, Running, Selection, conflict, holds_many
from newsclean.batch.outcomes import Outcome, Status
from newsclean.batch.run import listing, maker, resumes, run, run_found

__all__ = [
    "Batch",
    "Filters",
    "Outcome",
    "Reading",
    "Running",
    "Selection",
    "Status",
    "conflict",
    "holds_many",
    "listing",
    "maker",
    "resumes",
    "run",
    "run_found",
]
