"""The API as Django mounts it at /api/v1/. Routers are named by dotted string: the ground does not know the storeys."""

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from .problems import MEDIA_TYPE, WrongParameters, problem

FIRST_ERROR = 400
DESCRIPTION = """
Regions, ambassadors, user groups, spaces and events of the portal, as the public sees them. Read-only, without a key, open
to every site (CORS). Lists are cut into pages: follow `next` until it is null. Answers carry an `ETag`; send it back as
`If-None-Match` and an unchanged answer costs nothing (304). Every error is `application/problem+json` (RFC 9457). Texts say
which language they are in. Within version 1 fields are added and never taken away.
"""


class PortalAPI(NinjaAPI):
    def get_openapi_schema(self, *args, **kwargs):
        """Errors have a media type of their own."""
        schema = super().get_openapi_schema(*args, **kwargs)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) >= FIRST_ERROR and "content" in response:
                        response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}
        return schema


api = PortalAPI(
    title="Portal API",
    version="1.0.0",
    description=DESCRIPTION.strip(),
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)
STOREYS = {"regions": ["regions", "ambassadors", "groups"], "spaces": ["spaces"], "stories": ["events"]}
for storey, name in [(storey, name) for storey, names in STOREYS.items() for name in names]:
    api.add_router(f"/{name}", f"{storey}.api.{name}", tags=[name])


@api.exception_handler(Http404)
def not_found(request, exception):
    return problem(404)


@api.exception_handler(HttpError)
def refused(request, exception):
    return problem(exception.status_code, str(exception))


def wrong_fields(errors, asked):
    """{parameter: what is wrong with it}: where one of several forms would do, the first of them says it."""
    found = {}
    for error in errors:
        parameter = next((part for part in error["loc"] if part in asked), error["loc"][-1])
        found.setdefault(str(parameter), error["msg"])
    return found


@api.exception_handler(ValidationError)
def not_of_the_schema(request, exception):
    return problem(422, errors=wrong_fields(exception.errors, request.GET).items())


@api.exception_handler(WrongParameters)
def without_meaning(request, exception):
    return problem(422, errors=exception.errors)
