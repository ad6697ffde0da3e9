"""The number: taken once in a transaction, kept or lost with it, in the order of the commits and without gaps."""

import pytest
from django.db import connection, transaction

from careers.changes import counter
from careers.changes.models import Change
from careers.postings.models import Employer
from careers.roles.models import Role
from tests import factories

pytestmark = pytest.mark.postgres


class AbandonedError(Exception):
    pass


def abandon(act):
    """`act` in a transaction, or a savepoint, that is rolled back."""
    with transaction.atomic():
        act()
        raise AbandonedError


def keys(number):
    return {change.key for change in counter.changes_since(number)}


@pytest.mark.django_db(transaction=True)
class TestTransactions:
    @pytest.fixture(autouse=True)
    def _empty_log(self):
        """Emptying the tables after a test is logged as well."""
        Change.objects.all().delete()

    def test_nothing_public_was_written_yet(self):
        assert counter.current_number() >= 0
        assert counter.changes_since(counter.current_number()) == []

    def test_a_write_outside_a_transaction_is_kept_with_its_number(self):
        role = factories.RoleFactory()
        before = counter.current_number()
        role.save()
        assert not connection.in_atomic_block
        assert counter.current_number() == before + 1
        assert keys(before) == {role.pk}

    def test_each_write_outside_a_transaction_takes_its_own(self):
        role = factories.RoleFactory()
        before = counter.current_number()
        role.save()
        Role.objects.update(edition="2027")
        assert counter.current_number() == before + 2

    def test_a_transaction_takes_one(self):
        before = counter.current_number()
        with transaction.atomic():
            roles = factories.RoleFactory.create_batch(2)
            roles[0].save()
        assert counter.current_number() == before + 1
        assert [change.key for change in counter.changes_since(before)] == [role.pk for role in roles]

    def test_what_is_rolled_back_leaves_no_number(self):
        before = counter.current_number()
        with pytest.raises(AbandonedError):
            abandon(factories.RoleFactory)
        assert counter.current_number() == before
        assert counter.changes_since(before) == []

    def test_a_number_rolled_back_is_taken_again(self):
        before = counter.current_number()
        with pytest.raises(AbandonedError):
            abandon(factories.RoleFactory)
        role = factories.RoleFactory()
        assert counter.current_number() == before + 1
        assert keys(before) == {role.pk}

    def test_a_savepoint_rolled_back_takes_its_number_along(self):
        """What follows in the same transaction takes one of its own."""
        before = counter.current_number()
        with transaction.atomic():
            with pytest.raises(AbandonedError):
                abandon(factories.RoleFactory)
            industry = factories.IndustryFactory()
        assert counter.current_number() == before + 1
        assert keys(before) == {industry.pk}

    def test_what_was_noted_in_a_savepoint_rolled_back_is_noted_again(self):
        role = factories.RoleFactory()
        before = counter.current_number()
        with transaction.atomic():
            industry = factories.IndustryFactory()
            with pytest.raises(AbandonedError):
                abandon(role.save)
            role.save()
        assert {(change.kind, change.key) for change in counter.changes_since(before)} == {
            ("roles.industry", industry.pk),
            ("roles.role", role.pk),
        }

    def test_a_savepoint_by_hand_is_understood_as_well(self):
        before = counter.current_number()
        with transaction.atomic():
            savepoint = transaction.savepoint()
            factories.RoleFactory()
            transaction.savepoint_rollback(savepoint)
            industry = factories.IndustryFactory()
        assert counter.current_number() == before + 1
        assert keys(before) == {industry.pk}

    def test_a_refused_write_leaves_nothing(self):
        role = factories.RoleFactory()
        before = counter.current_number()
        with pytest.raises(Exception, match=r"(?i)unique"):
            Role.objects.bulk_create([Role(title=role.title, slug="another")])
        assert counter.current_number() == before
        assert counter.changes_since(before) == []

    def test_a_statement_outside_a_transaction_is_kept_with_its_number(self):
        factories.EmployerFactory()
        before = counter.current_number()
        with connection.cursor() as cursor:
            cursor.execute("/* by hand */ update postings_employer set about = 'New'")
        assert [(change.kind, change.key) for change in counter.changes_since(before)] == [("postings.employer", None)]
        assert Employer.objects.get().about == "New"


@pytest.mark.django_db
class TestPruning:
    def test_old_changes_go_whole_numbers_at_a_time(self, monkeypatch):
        monkeypatch.setattr(counter, "MAX_ROWS", 3)
        Change.objects.bulk_create(Change(number=number, kind="roles.role", key=1) for number in (1, 2, 2, 3, 3, 4))
        factories.IndustryFactory()  # makes the clock's row where there is none
        Change.objects.filter(kind="roles.industry").delete()
        counter.prune()
        assert set(Change.objects.values_list("number", flat=True)) == {3, 4}
        assert counter.read_state().pruned == 2

    def test_a_short_log_is_kept(self):
        factories.IndustryFactory()
        before = counter.read_state().pruned
        counter.prune()
        assert counter.read_state().pruned == before

    def test_it_happens_while_writing(self, monkeypatch):
        monkeypatch.setattr(counter, "MAX_ROWS", 2)
        monkeypatch.setattr(counter, "PRUNE_INTERVAL", 1)
        for _ in range(4):
            counter.take_number("default")
            Change.objects.create(number=counter.current_number(), kind="roles.role", key=1)
        assert Change.objects.count() <= 3


@pytest.mark.django_db
def test_reading_the_clock_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        counter.current_number()


@pytest.mark.django_db
def test_the_epoch_names_the_database():
    factories.IndustryFactory()
    assert counter.read_state().epoch
