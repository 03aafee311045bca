"""Many documents go in, a dataset comes out that a later run adds to: on this machine, or on a Ray cluster."""

from policyx.batch.manifest import Entry, Failure, Plan
from policyx.batch.run import Report, Settings, Watch, batch

__all__ = ["Entry", "Failure", "Plan", "Report", "Settings", "Watch", "batch"]
