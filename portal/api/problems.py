"""What is wrong, in the form of RFC 9457 (application/problem+json): the same for every error of the API."""

from http import HTTPStatus

from django.http import JsonResponse
from ninja import Field, Schema

MEDIA_TYPE = "application/problem+json"


class WrongField(Schema):
    """What is wrong with one parameter."""

    field: str = Field(description="The parameter.", examples=["people"])
    message: str = Field(description="What is wrong with it, in words.", examples=["Input should be a valid integer"])


class Problem(Schema):
    """An error, as RFC 9457 describes it."""

    type: str = Field(description="Always `about:blank`: the status says it all.", examples=["about:blank"])
    title: str = Field(description="The status in words.", examples=["Not Found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(description="What is wrong with this request.", examples=["There is nothing at this address."])
    errors: list[WrongField] = Field([], description="The parameters that are wrong, one by one.")


class WrongParameters(Exception):
    """Parameters that the schema allows and that mean nothing here: [(field, message)]."""

    def __init__(self, errors):
        super().__init__(errors)
        self.errors = errors


DETAILS = {
    400: "The request cannot be understood.",
    404: "There is nothing at this address.",
    405: "This address is read with GET or HEAD only.",
    422: "A parameter is wrong. Nothing was looked for.",
}


def problem(status, detail="", errors=(), headers=None):
    title = HTTPStatus(status).phrase
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail or DETAILS.get(status, title)}
    told["errors"] = [{"field": field, "message": message} for field, message in errors]
    return JsonResponse(told, status=status, content_type=MEDIA_TYPE, headers=headers)
