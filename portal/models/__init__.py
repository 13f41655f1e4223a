from .attempts import Attempts
from .confirmations import Addressee, Confirmable, ConfirmableQuerySet, confirmable_models
from .faces import Face, FacePermissions
from .indexes import IndexPage
from .mail import OutgoingMail
from .media import Picture, Rendition
from .pages import BasePage, synchronized
from .records import Record, RecordQuerySet
from .submissions import Submission
from .uploads import Upload
from .users import User

__all__ = [
    "Addressee",
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
    "Upload",
    "User",
    "confirmable_models",
    "synchronized",
]
