"""Whether two names may be one agency's, by the names alone."""

from __future__ import annotations

from form.agencies.names import AgencyName, read_name


def same_body(one: AgencyName, other: AgencyName) -> bool:
    """Say whether two names mean the same body of the same kind of place: its town and zone too."""
    return (one.body, one.township, one.zone) == (other.body, other.township, other.zone)


def same_place(one: AgencyName, other: AgencyName) -> bool:
    """Say whether two names can be of one place: 市 and 阜新市 can, 朝阳区 and 北京市朝阳区 too."""
    if one.place == other.place:
        return True
    if one.regions and other.regions:
        return bool(set(one.regions) & set(other.regions))
    shorter, longer = sorted((one, other), key=lambda item: len(item.place))
    if shorter.place == shorter.unit:
        return not shorter.unit or shorter.unit[-1:] == longer.unit[-1:]
    return longer.place.endswith(shorter.place)


def may_be_one(one: str, other: str) -> bool:
    """Say whether two names may be one agency's: 市自然资源局 and 阜新市自然资源局."""
    first, second = read_name(one), read_name(other)
    return same_body(first, second) and same_place(first, second)
