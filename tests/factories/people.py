import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    class Params:
        staff = factory.Trait(is_staff=True)
        superuser = factory.Trait(is_staff=True, is_superuser=True)

    username = factory.Sequence("user{}".format)

    @factory.post_generation
    def groups(self, create, names):
        """UserFactory(staff=True, groups=["editor"])"""
        from django.contrib.auth.models import Group

        for name in names or []:
            self.groups.add(Group.objects.get(name=name))
