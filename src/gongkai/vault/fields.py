"""密存字段：a model field whose values are sealed in the database and masked wherever shown."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import Exact
from django.db.models.query_utils import DeferredAttribute
from django.forms import CharField, TextInput
from django.utils.functional import Promise

from gongkai.errors import BadInput, GongkaiError
from gongkai.vault.masks import MASKS
from gongkai.vault.sealing import is_current, is_token, seal, unseal

#: Shown in the place of what cannot be opened; why is told by :meth:`Sealed.open`.
UNOPENABLE: Final = "（无法打开）"

_NO_LOOKUP: Final = "密存的内容不能直接查找；请另存指纹（fingerprint），按指纹查找。"


class Sealed(Promise):
    """密存的内容：a token that shows as its mask; :meth:`open` gives the clear text.

    Only the token is in it: templates, logs, JSON (Django's encoder), copies and pickles never
    hold the clear text. It equals a text when its clear text does, and is false when blank. A
    ``Promise``, for Django turns such into text wherever it writes text.
    """

    __slots__ = ("context", "mask", "token")

    token: str
    context: str
    mask: str

    def __init__(self, token: str, context: str, mask: str = "all") -> None:
        self.token = token
        self.context = context
        self.mask = mask

    def open(self) -> str:
        """打开：the clear text; raises what :func:`gongkai.vault.sealing.unseal` raises."""
        return unseal(self.token, self.context) if self.token else ""

    def __str__(self) -> str:
        if not self.token:
            return ""
        try:
            return MASKS[self.mask](self.open())
        except GongkaiError:
            return UNOPENABLE

    def __repr__(self) -> str:
        return f"<Sealed {self}>"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __bool__(self) -> bool:
        return bool(self.token)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Sealed):
            same = (self.token, self.context) == (other.token, other.context)
            return same or self.open() == other.open()
        if isinstance(other, str):
            return bool(self.token) == bool(other) and self.open() == other
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.open())

    def __copy__(self) -> Sealed:
        return self

    def __deepcopy__(self, _: object) -> Sealed:
        return self

    def __reduce__(self) -> tuple[Any, Any]:
        return Sealed, (self.token, self.context, self.mask)


class _SealedAttribute(DeferredAttribute):
    """Whatever is assigned is sealed at once, so that no clear text stays on the record."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        field: Any = self.field
        instance.__dict__[field.attname] = field.sealed(value)


class _Blank(Exact):
    """Sealed values differ each time they are sealed: to ask for an equal one finds nothing."""

    def get_prep_lookup(self) -> Any:
        """Only “is it blank” and “is it there at all” make sense."""
        if self.rhs is None or self.rhs == "":
            return None if self.rhs is None else ""
        raise BadInput(_NO_LOOKUP)


class _SealedInput(CharField):
    def has_changed(self, initial: Any, data: Any) -> bool:
        """The mask sent back untouched is no change."""
        return super().has_changed(str(initial) if isinstance(initial, Sealed) else initial, data)


class SealedText(models.TextField):  # type: ignore[type-arg]
    """密存字段：assign text, read :class:`Sealed`; a blank stays blank, and None stays None.

    ``mask`` is a kind of :data:`gongkai.vault.masks.MASKS`. ``context`` is what the tokens are
    bound to, by default ``app.Model.field``; after renaming a model or a field give the old one,
    or nothing kept can be opened any more.
    """

    descriptor_class = _SealedAttribute

    def __init__(self, *args: Any, mask: str = "all", context: str = "", **options: Any) -> None:
        if mask not in MASKS:
            raise BadInput(f"没有“{mask}”这种遮盖办法，只有：{'、'.join(MASKS)}。")
        self.mask = mask
        self._context = context
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        """For migrations; they seal under the same context."""
        name, path, args, options = super().deconstruct()
        if self.mask != "all":
            options["mask"] = self.mask
        if self._context:
            options["context"] = self._context
        return name, path, args, options

    @property
    def context(self) -> str:
        """绑定：what the tokens of this field are good for."""
        return self._context or f"{self.model._meta.label}.{self.name}"

    def sealed(self, value: Any) -> Sealed | None:
        """密封：of a text its Sealed; of a Sealed of another field one for this field."""
        if value is None or (isinstance(value, Sealed) and value.context == self.context):
            return value
        if hasattr(value, "resolve_expression"):
            return value  # type: ignore[no-any-return]  # an expression of the database
        text = value.open() if isinstance(value, Sealed) else str(value)
        return self.of(seal(text, self.context) if text else "")

    def of(self, token: str) -> Sealed:
        """The value for a token as the database holds it."""
        return Sealed(token, self.context, self.mask)

    def from_db_value(self, value: str | None, *_: object) -> Sealed | None:
        """As kept; nothing is opened."""
        return None if value is None else self.of(value)

    def get_prep_value(self, value: Any) -> Any:
        """The token to keep; one under an older key is sealed anew on the way."""
        value = self.sealed(value)
        if not isinstance(value, Sealed):
            return value
        if value.token and not is_current(value.token):
            return seal(value.open(), self.context)
        return value.token

    def to_python(self, value: Any) -> Any:
        """From a dump (loaddata), which holds tokens: they must open here."""
        if not isinstance(value, str) or not is_token(value):
            return self.sealed(value)
        try:
            unseal(value, self.context)
        except GongkaiError as problem:
            raise ValidationError(str(problem)) from problem
        return self.of(value)

    def value_to_string(self, obj: models.Model) -> Any:
        """Into a dump goes the token."""
        value = self.value_from_object(obj)
        return value.token if isinstance(value, Sealed) else value

    def run_validators(self, value: Any) -> None:
        """They look at the clear text."""
        super().run_validators(value.open() if isinstance(value, Sealed) else value)

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        """A form that showed the mask and was sent back untouched changes nothing."""
        kept = self.value_from_object(instance)
        if not (isinstance(data, str) and "*" in data and data == str(kept)):
            super().save_form_data(instance, data)

    def formfield(self, **options: Any) -> Any:
        """One line, but for addresses."""
        if self.mask != "address":
            options.setdefault("widget", TextInput)
        return super().formfield(**({"form_class": _SealedInput} | options))

    def get_lookup(self, lookup_name: str) -> Any:
        """Only “is it blank” and “is it null” can be asked of what is sealed."""
        if lookup_name == "exact":
            return _Blank
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise BadInput(_NO_LOOKUP)
