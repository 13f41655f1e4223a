"""Starting translations: one at once, several one after the other in a task, so that nobody waits for a hundred pages."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from regions.models import PageTranslation, TranslationBatch


def begin(fields, by):
    """Start these fields of the board, in reading order. Returns the batch, which one can watch."""
    wanted = [field.pk for field in fields]
    batch = TranslationBatch.objects.create(by=by, wanted=wanted, total=len(wanted))
    transaction.on_commit(lambda: run.enqueue(batch.pk))
    return batch


@task
def run(pk):
    """Take the next page until none is left. Run again after a crash, it goes on where it stopped."""
    while step(pk):
        pass


@transaction.atomic
def step(pk):
    """Start one page of a batch; says whether there may be another."""
    batch = TranslationBatch.objects.select_for_update().get(pk=pk)
    if not batch.wanted:
        TranslationBatch.objects.filter(pk=pk, finished_at=None).update(finished_at=timezone.now())
        return False
    field = PageTranslation.objects.concerning(batch.by).filter(pk=batch.wanted.pop(0)).first()
    try:
        if field:
            with transaction.atomic():
                field.start(batch.by)
        batch.started += 1
    except ValidationError as error:
        batch.failed.append([field.title, " ".join(error.messages)])
    batch.save(update_fields=["wanted", "started", "failed"])
    return True
