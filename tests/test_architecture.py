"""The house rules that a reviewer would repeat: arrows point down, modules stay short, every model says what it is."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

STOREYS = ["portal", "regions", "spaces", "stories", "home"]
ROOT = Path(settings.BASE_DIR)
MODULES = [path for app in STOREYS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Markup that Django or allauth made itself: help texts of forms, the drawn code for an authenticator.
MARKUP_BY_THE_SERVER = {("field.html", "|safe"), ("activate_form.html", "|safe")}


def ours():
    return [model for model in apps.get_models() if model._meta.app_label in STOREYS]


def arrows_up(model):
    """The foreign keys of a model that point to a storey above its own."""
    height = STOREYS.index(model._meta.app_label)
    fields = [f for f in model._meta.get_fields() if f.is_relation and not f.auto_created and f.related_model]
    labels = [(f.name, f.related_model._meta.app_label) for f in fields]
    return [(name, label) for name, label in labels if label in STOREYS and STOREYS.index(label) > height]


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model):
    assert arrows_up(model) == []


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_every_model_says_what_it_is(model):
    told = (model.__doc__ or "").strip()
    is_generated = told.startswith(f"{model.__name__}(")
    assert told
    assert not is_generated


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_short_and_import_at_their_head(path):
    source = path.read_text()
    assert source.count("\n") <= 300
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f.name for f in functions if f.end_lineno - f.lineno > 50] == []
    hidden = [f.name for f in functions for node in ast.walk(f) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert hidden == []
    assert "TYPE_CHECKING" not in source


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_have_no_inline_style_or_script(path):
    source = path.read_text()
    is_mail = path.parent.name == "emails"  # mail programs know no stylesheets
    for forbidden in (*([] if is_mail else [' style="']), "<script>", "onclick=", "|safe", "autoescape off", "https://"):
        assert forbidden not in source or (path.name, forbidden) in MARKUP_BY_THE_SERVER


def test_no_app_has_a_drawer_for_everything():
    assert [path for path in MODULES if path.stem in {"utils", "helpers", "common", "core", "services"}] == []
