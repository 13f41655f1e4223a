from .awards import Award
from .hosts import SpaceHost
from .imports import SpaceUpload
from .opening import Closure, OpeningHours, SpecialHours
from .pages import SpaceIndexPage, SpacePage
from .photos import SpacePhoto
from .pins import Pin, Square
from .spaces import Space
from .submission_steps import SubmissionStep
from .submissions import SpaceSubmission

__all__ = [
    "Award",
    "Closure",
    "OpeningHours",
    "Pin",
    "Space",
    "SpaceHost",
    "SpaceIndexPage",
    "SpacePage",
    "SpacePhoto",
    "SpaceSubmission",
    "SpaceUpload",
    "SpecialHours",
    "Square",
    "SubmissionStep",
]
