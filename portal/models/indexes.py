from django.utils.functional import cached_property

from portal.lists import Pages

from .pages import BasePage, synchronized


class IndexPage(BasePage):
    """A list of everything of one kind, with filters and pages. Its address is the same in every language."""

    reading_rank = 10
    per_page = 24
    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    override_translatable_fields = [*BasePage.override_translatable_fields, *synchronized("slug")]

    class Meta:
        abstract = True

    @cached_property
    def language(self):
        return self.locale.language_code

    def get_listed(self):
        """The queryset of what this page lists, before any filter."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it lists.")

    def get_filters(self, data):
        """A bound `portal.filters.Filters` over what is listed."""
        raise NotImplementedError(f"{type(self).__name__} does not say how it is filtered.")

    def get_found(self, filters):
        """What the filters leave, with all that the list shows of it."""
        return filters.qs

    def get_context(self, request, *args, **kwargs):
        filters = self.get_filters(request.GET)
        found = Pages(self.get_found(filters), self.per_page).get_page(request.GET.get("page"))
        return {**super().get_context(request, *args, **kwargs), "filters": filters, "found": found}
