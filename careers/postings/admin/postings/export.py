from import_export import resources
from import_export.fields import Field

from careers.postings.dates import own_moment
from careers.postings.models import Posting


class PostingResource(resources.ModelResource):
    """The columns of the exported table."""

    state = Field()
    publish_at = Field()
    employer = Field("employer__name")
    role = Field("role__title")
    template = Field("template__name")
    places = Field()
    remote_countries = Field()

    class Meta:
        model = Posting
        fields = [
            "id", "title", "employer", "role", "state", "employment_type", "workplace", "level", "places", "remote_countries",
            "pay_min", "pay_max", "pay_currency", "pay_period", "publish_at", "closes_on", "time_zone", "apply_url",
            "apply_email", "template", "template_version", "source", "source_ref",
        ]  # fmt: skip
        export_order = fields

    def dehydrate_state(self, posting):
        return posting.state().label

    def dehydrate_publish_at(self, posting):
        """The local time in the posting's zone, which is in the column beside it."""
        return own_moment(posting, posting.publish_at).strftime("%Y-%m-%d %H:%M:%S") if posting.publish_at else ""

    def dehydrate_places(self, posting):
        return "; ".join(place.place_name for place in posting.places.all())

    def dehydrate_remote_countries(self, posting):
        return "; ".join(row.country for row in posting.remote_countries.all())
