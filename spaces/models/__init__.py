from .awards import Award
from .bookings import Booking, Taken
from .cases import Case, CaseStep, SubstituteOffer
from .hosts import SpaceHost
from .imports import SpaceUpload
from .opening import Closure, OpeningHours, SpecialHours
from .pages import SpaceIndexPage, SpacePage
from .photos import SpacePhoto
from .pins import Pin, Square
from .request_steps import RequestStep
from .requests import SpaceRequest
from .signals import Change, booking_changed
from .spaces import Space
from .submission_steps import SubmissionStep
from .submissions import SpaceSubmission
from .terms import RegionTerms

__all__ = [
    "Award",
    "Booking",
    "Case",
    "CaseStep",
    "Change",
    "Closure",
    "OpeningHours",
    "Pin",
    "RegionTerms",
    "RequestStep",
    "Space",
    "SpaceHost",
    "SpaceIndexPage",
    "SpacePage",
    "SpacePhoto",
    "SpaceRequest",
    "SpaceSubmission",
    "SpaceUpload",
    "SpecialHours",
    "Square",
    "SubmissionStep",
    "SubstituteOffer",
    "Taken",
    "booking_changed",
]
