from django import forms


class EditorialForm(forms.ModelForm):
    """A stored row that the form does not change is not validated again, which takes some queries for each row.

    `is_stored` is False for a new row, and for a version of the history.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_stored = bool(self.instance.pk and self.instance._state.db)  # validating sets it

    @property
    def is_unchanged(self):
        return self.is_stored and not self.has_changed()

    def _post_clean(self):
        if not self.is_unchanged:
            super()._post_clean()
