"""What all tests share: property tests have no deadline, as a wall clock tells of the machine, not of the code."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("newsclean", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("newsclean")
