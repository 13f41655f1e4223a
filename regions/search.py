from .models import UserGroup


def find_groups(words, language):
    """User groups whose name, place or description has all the words."""
    return UserGroup.objects.shown().with_words(words).select_related("region")
