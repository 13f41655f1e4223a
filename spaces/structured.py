"""A space for search engines: schema.org's `Place`. A leaf; only what its page shows, so never a host's address."""

from .hours import specification


def as_place(space, page, url, picture=None):
    """The facts of a space and the words of its page, as JSON-LD."""
    place = {
        "@context": "https://schema.org",
        "@type": "Place",
        "@id": url,
        "url": url,
        "name": page.title,
        "description": page.summary,
        "address": {
            "@type": "PostalAddress",
            **({"streetAddress": space.address} if space.address else {}),
            "addressLocality": space.city,
            "addressCountry": space.country.code,
        },
        "geo": {"@type": "GeoCoordinates", "latitude": space.latitude, "longitude": space.longitude},
        "maximumAttendeeCapacity": space.capacity,
        "isAccessibleForFree": space.cost == "free",
        "openingHoursSpecification": specification(space.opening_hours.all()),
        "sameAs": space.website,
        "image": picture,
    }
    return {name: value for name, value in place.items() if value not in ("", None, [])}
