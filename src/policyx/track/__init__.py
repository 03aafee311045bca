"""Documents go in, what became of their aims comes out. Calling the module does it: `policyx.track(documents)`."""

from policyx.callable import make_callable
from policyx.track.build import track
from policyx.track.model import VERDICTS, Conflict, Pledge, Step, Told, Track

__all__ = ["VERDICTS", "Conflict", "Pledge", "Step", "Told", "Track", "track"]

make_callable(__name__, track)
