from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.lists import Pages
from portal.search import clean, kinds

FIRST_FEW = 4


@require_safe
def search(request):
    """Looks for words in everything that an app registered, in the reader's language."""
    words = clean(request.GET.get("q", ""))
    registered = kinds()
    wanted = next((kind for kind in registered if kind.name == request.GET.get("kind")), None)
    found = []
    for kind in [wanted] if wanted else registered:
        results = kind.find(words, get_language()) if words else []
        page = Pages(results, 20 if wanted else FIRST_FEW).get_page(request.GET.get("page"))
        if page.paginator.count:
            found.append((kind, page))
    context = {
        "words": words,
        "found": found,
        "wanted": wanted,
        "total": sum(page.paginator.count for _, page in found),
    }
    return render(request, "portal/search.html", context)
