"""Users and the roles they hold. Change them through rules.py, not here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users; `rules.create_user` is the way in for everything but Django itself."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(username, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can log in."""

    username = models.CharField(
        _("brugernavn"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Der er allerede en bruger med det brugernavn.")},
    )
    name = models.CharField(_("navn"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    is_active = models.BooleanField(_("kan logge ind"), default=True)
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("bruger")
        verbose_name_plural = _("brugere")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name or self.username

    def has_role(self, *names: str) -> bool:
        """Whether the user holds at least one of the roles `names`; read once a request."""
        if not hasattr(self, "_role_names"):
            self._role_names = frozenset(self.roles.values_list("name", flat=True))
        return not self._role_names.isdisjoint(names)


class Role(models.Model):
    """That one user holds one role, since when."""

    class Name(models.TextChoices):
        SECRETARIAT = "secretariat", _("Sekretariat")
        MEMBER = "member", _("Medlem")
        ANALYST = "analyst", _("Analytiker")
        CASE_OFFICER = "case_officer", _("Sagsbehandler")
        ADMINISTRATOR = "administrator", _("Administrator")

    user = models.ForeignKey(User, models.CASCADE, related_name="roles", verbose_name=_("bruger"))
    name = models.CharField(_("rolle"), max_length=20, choices=Name.choices)
    since = models.DateTimeField(_("siden"), auto_now_add=True)

    class Meta:
        verbose_name = _("rolle")
        verbose_name_plural = _("roller")
        constraints = (
            models.UniqueConstraint(fields=("user", "name"), name="accounts_role_held_once"),
            models.CheckConstraint(
                name="accounts_role_is_known",
                condition=models.Q(
                    name__in=(
                        "secretariat",
                        "member",
                        "analyst",
                        "case_officer",
                        "administrator",
                    )
                ),
            ),
        )

    def __str__(self) -> str:
        return self.get_name_display()
