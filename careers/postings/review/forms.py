"""Forms for the reason of a return or rejection, with canned replies."""

from django import forms
from unfold import widgets

from careers.postings.models import CannedReply

KEPT = "Sent to the person who submitted it, and kept in the history. Visitors do not see it."


class ReplySelect(widgets.UnfoldAdminSelectWidget):
    """Each option carries its reply text for the page's script."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if reply := getattr(value, "instance", None):
            option["attrs"]["data-body"] = reply.body
        return option


class ReplyForm(forms.Form):
    """The reason as typed, or else the text of the chosen reply."""

    reply = forms.ModelChoiceField(
        CannedReply.objects.none(),
        label="Canned reply",
        required=False,
        widget=ReplySelect(attrs={"data-fills": "id_reason"}),
        help_text="Choose a reply to fill in the reason. You can change the text.",
    )
    reason = forms.CharField(
        required=False, max_length=2000, widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 6}), help_text=KEPT
    )

    use = CannedReply.Use.BOTH
    needs_reason = False

    class Media:
        js = ["admin/js/canned_replies.js"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reply"].queryset = CannedReply.objects.filter(use__in=[self.use, CannedReply.Use.BOTH])

    def clean(self):
        cleaned = super().clean()
        reply = cleaned.pop("reply", None)
        cleaned["reason"] = cleaned.get("reason", "").strip() or (reply.body if reply else "")
        if self.needs_reason and not cleaned["reason"] and not self.has_error("reason"):
            self.add_error("reason", "Enter a reason, or choose a canned reply.")
        return cleaned


class ReturnForm(ReplyForm):
    use = CannedReply.Use.RETURN


class ReturnWithReasonForm(ReturnForm):
    needs_reason = True


class RejectForm(ReplyForm):
    use = CannedReply.Use.REJECT
    needs_reason = True
