"""Occupation fields (21), groups (SSYK 2012, four digits) and names. Codes are strings: zeros stay."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bazaar.db import Base, Id, Line, Word


class Field(Base):
    __tablename__ = "occupation_field"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)  # our own key, also the icon's name
    concept_id: Mapped[Word] = mapped_column(unique=True)  # the key in the national taxonomy
    name_sv: Mapped[Line]
    name_en: Mapped[Line]
    position: Mapped[int]  # the most wanted first


class Group(Base):
    __tablename__ = "occupation_group"

    code: Mapped[str] = mapped_column(String(4), primary_key=True)  # SSYK 2012
    field_code: Mapped[str] = mapped_column(ForeignKey("occupation_field.code"), index=True)
    name_sv: Mapped[Line]
    name_en: Mapped[Line]
    common: Mapped[bool] = mapped_column(default=False)  # shown first


class Name(Base):
    """A name people use for a group's work, for type-ahead: 'Barnskötare' in 5311."""

    __tablename__ = "occupation_name"

    id: Mapped[Id]
    group_code: Mapped[str] = mapped_column(ForeignKey("occupation_group.code"), index=True)
    concept_id: Mapped[Word | None] = mapped_column(unique=True)
    name_sv: Mapped[Line]
    folded: Mapped[Line] = mapped_column(index=True)
