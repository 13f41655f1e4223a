"""JSON as strangers write it: read or refused with the place where reading broke off."""

import json

from django.utils.translation import gettext as _

from .tables import check_size, decoded, fail


def load(content):
    check_size(content)
    text = decoded(content)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno, "error": error.msg}
        return fail(_("The file is not valid JSON: line %(line)s, column %(column)s: %(error)s"), **where)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets thousands deep
        return fail(_("The file is not usable JSON: %(error)s"), error=str(error)[:200])
