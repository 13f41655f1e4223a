from .attempts import Attempts
from .faces import Face, FacePermissions
from .indexes import IndexPage
from .mail import OutgoingMail
from .media import Picture, Rendition
from .pages import BasePage, synchronized
from .records import Confirmable, ConfirmableQuerySet, Record, RecordQuerySet
from .submissions import Submission
from .users import User

__all__ = [
    "Attempts",
    "BasePage",
    "Confirmable",
    "ConfirmableQuerySet",
    "Face",
    "FacePermissions",
    "IndexPage",
    "OutgoingMail",
    "Picture",
    "Record",
    "RecordQuerySet",
    "Rendition",
    "Submission",
    "User",
    "synchronized",
]
