"""The ledger: accounts, entries and movements. Rows are added by ledger.py and never changed.

A movement takes an amount from one account (`credit`) to another (`debit`), so debits equal credits
by construction. The database itself refuses a change, a removal, and an account below zero: see
triggers.py.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class NeverChanged(TypeError):
    """Somebody tried to change or remove what has been recorded."""

    def __init__(self) -> None:
        super().__init__("the ledger is added to and never changed: reverse the entry instead")


class AddedQuerySet(models.QuerySet[Any]):
    """Reads and adds; what would change or remove rows is refused."""

    def update(self, **_values: Any) -> int:
        raise NeverChanged

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NeverChanged

    def bulk_update(self, *_objects: Any, **_values: Any) -> int:
        raise NeverChanged


class Added(models.Model):
    """A row that is added and stays as it is."""

    objects = AddedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NeverChanged


class Account(Added):
    """Where money of a pool is. Only the source may be below zero: it says what has come in.

    grant: for the accounts of one grant. party: whom a share was paid out to.
    """

    class Kind(models.TextChoices):
        SOURCE = "source", _("Kilde")
        FREE = "free", _("Ledige midler")
        RESERVED = "reserved", _("Tilsagn, ikke udbetalt")
        PAID = "paid", _("Udbetalt, afventer regnskab")
        USED = "used", _("Anvendt ifølge godkendt regnskab")
        SHARED = "shared", _("Fordelt og udbetalt")

    pool = models.ForeignKey(
        "funds.Pool", models.PROTECT, related_name="accounts", verbose_name=_("pulje")
    )
    kind = models.CharField(_("slags"), max_length=10, choices=Kind.choices)
    grant = models.ForeignKey(
        "funds.Grant",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts_in_ledger",
        verbose_name=_("bevilling"),
    )
    party = models.CharField(_("modtager"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("konto")
        verbose_name_plural = _("konti")
        ordering = ("pool", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("pool", "kind"),
                condition=Q(grant=None, party=""),
                name="funds_account_once_a_pool",
            ),
            models.UniqueConstraint(
                fields=("grant", "kind"),
                condition=Q(grant__isnull=False),
                name="funds_account_once_a_grant",
            ),
            models.UniqueConstraint(
                fields=("pool", "kind", "party"),
                condition=~Q(party=""),
                name="funds_account_once_a_party",
            ),
            models.CheckConstraint(
                name="funds_account_is_somebodys",
                condition=Q(kind__in=("source", "free"), grant=None, party="")
                | Q(kind__in=("reserved", "paid", "used"), grant__isnull=False, party="")
                | Q(kind="shared", grant=None) & ~Q(party=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.party}" if self.party else self.get_kind_display()


class Entry(Added):
    """One voucher: what happened to the money, on which day, recorded when and by whom.

    by_id and by_text: who recorded it, as text, so that an entry outlives the user.
    """

    class Kind(models.TextChoices):
        FRAME = "frame", _("Ramme")
        GRANT = "grant", _("Tilsagn")
        PAYMENT = "payment", _("Udbetaling")
        ACCOUNTS = "accounts", _("Godkendt regnskab")
        REPAYMENT = "repayment", _("Tilbagebetaling")
        RELEASE = "release", _("Bortfald af tilsagn")
        SHARE = "share", _("Fordeling")
        CARRY = "carry", _("Overførsel")
        RETURN = "return", _("Tilbage til kilden")
        REVERSAL = "reversal", _("Modpostering")

    pool = models.ForeignKey(
        "funds.Pool", models.PROTECT, related_name="entries", verbose_name=_("pulje")
    )
    number = models.PositiveIntegerField(_("bilag"))
    kind = models.CharField(_("slags"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("tekst"), max_length=300)
    voucher = models.CharField(_("bilagshenvisning"), max_length=100, blank=True)
    valid_on = models.DateField(_("dato"), db_index=True)
    recorded_at = models.DateTimeField(_("registreret"), db_index=True)
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        verbose_name=_("modposterer"),
    )
    by_id = models.CharField(_("brugernummer"), max_length=100, blank=True)
    by_text = models.CharField(_("af"), max_length=200)

    class Meta:
        verbose_name = _("postering")
        verbose_name_plural = _("posteringer")
        ordering = ("valid_on", "recorded_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("pool", "number"), name="funds_entry_number_once"),
            models.CheckConstraint(name="funds_entry_has_a_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="funds_entry_only_a_reversal_reverses",
                condition=Q(kind="reversal", reverses__isnull=False)
                | ~Q(kind="reversal") & Q(reverses=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class Movement(Added):
    """An amount taken from one account to another, in whole øre, always more than 0."""

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="movements", verbose_name=_("postering")
    )
    debit = models.ForeignKey(
        Account, models.PROTECT, related_name="came_in", verbose_name=_("til (debet)")
    )
    credit = models.ForeignKey(
        Account, models.PROTECT, related_name="went_out", verbose_name=_("fra (kredit)")
    )
    amount = models.BigIntegerField(_("øre"))

    class Meta:
        verbose_name = _("bevægelse")
        verbose_name_plural = _("bevægelser")
        ordering = ("entry", "pk")
        constraints = (
            models.CheckConstraint(name="funds_movement_is_more_than_0", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="funds_movement_goes_somewhere", condition=~Q(debit=F("credit"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.amount}"
