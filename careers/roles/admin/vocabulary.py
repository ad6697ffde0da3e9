from django import forms
from django.contrib import admin
from django.db.models import Count
from unfold.decorators import display

from careers.core.admin.base import EditorialAdmin, PortalAdmin
from careers.core.admin.formsets import EditorialFormSet
from careers.core.admin.history import RelatedHistoryMixin
from careers.core.admin.inlines import EditorialTabularInline
from careers.roles.models import Industry, Skill, SkillAlias
from careers.roles.permissions import SharedByGuidesAdminMixin


def refuse_known_name(name, *, skill):
    """Raises ValidationError if another skill has this name, or an alias of another skill, in any case."""
    if other := Skill.objects.filter(name__iexact=name).exclude(pk=skill.pk).first():
        raise forms.ValidationError(f"A skill with this name already exists: {other.name}. Enter another name.")
    alias = SkillAlias.objects.filter(name__iexact=name).exclude(skill=skill.pk).select_related("skill").first()
    if alias:
        raise forms.ValidationError(f"This is already another name for {alias.skill.name}. Enter a different name.")


class SkillForm(forms.ModelForm):
    def clean_name(self):
        name = self.cleaned_data["name"]
        refuse_known_name(name, skill=self.instance)
        return name


class AliasFormSet(EditorialFormSet):
    """Adds an error to aliases that differ only in case from each other or from the skill's name."""

    def clean(self):
        super().clean()
        seen = {str(self.instance.name).casefold()}
        for form in self.forms:
            name = form.cleaned_data.get("name") if hasattr(form, "cleaned_data") else None
            if not name or form.cleaned_data.get("DELETE"):
                continue
            if name.casefold() in seen:
                form.add_error("name", "This name already exists, perhaps with different capital letters.")
            seen.add(name.casefold())
            try:
                refuse_known_name(name, skill=self.instance)
            except forms.ValidationError as error:
                form.add_error("name", error)


class AliasInline(EditorialTabularInline):
    model = SkillAlias
    formset = AliasFormSet
    tab = False
    hide_title = True


@admin.register(Skill)
class SkillAdmin(SharedByGuidesAdminMixin, RelatedHistoryMixin, EditorialAdmin):
    form = SkillForm
    inlines = [AliasInline]
    history_related = (SkillAlias,)
    history_parent = "skill"
    list_display = ["name", "kind", "other_names", "guides"]
    list_filter = ["kind"]
    search_fields = ["name", "aliases__name"]
    fieldsets = [
        (
            None,
            {
                "description": "Use one name per skill. Add other names as aliases: searches find them too.",
                "fields": [("name", "kind"), "slug", ("created_at", "updated_at")],
            },
        )
    ]

    def get_queryset(self, request):
        skills = super().get_queryset(request).prefetch_related("aliases")
        return skills.annotate(number_of_guides=Count("role_skills", distinct=True))

    def guides_using(self, skill):
        return skill.roles.all()

    @display(description="other names")
    def other_names(self, skill):
        return ", ".join(alias.name for alias in skill.aliases.all())

    @display(description="guides", ordering="number_of_guides")
    def guides(self, skill):
        return skill.number_of_guides


@admin.register(Industry)
class IndustryAdmin(SharedByGuidesAdminMixin, PortalAdmin):
    list_display = ["name", "guides"]
    search_fields = ["name"]
    fields = ["name", "slug"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number_of_guides=Count("roles"))

    def guides_using(self, industry):
        return industry.roles.all()

    @display(description="guides", ordering="number_of_guides")
    def guides(self, industry):
        return industry.number_of_guides
