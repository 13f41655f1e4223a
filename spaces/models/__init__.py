from .pages import SpaceIndexPage, SpacePage
from .spaces import Space, SpaceHost
from .submission_steps import SubmissionStep
from .submissions import SpaceSubmission

__all__ = ["Space", "SpaceHost", "SpaceIndexPage", "SpacePage", "SpaceSubmission", "SubmissionStep"]
