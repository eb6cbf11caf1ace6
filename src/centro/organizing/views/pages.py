"""The addresses of the pages beside this one."""

from centro.core.request import Request


def pages(request: Request, page: int, *, has_more: bool) -> dict[str, str]:
    """`next` and `previous` for the pager, with the same filters; empty where there is no such page."""
    found = {}
    for name, number, is_there in (("next", page + 1, has_more), ("previous", page - 1, page > 1)):
        given = request.GET.copy()
        given["page"] = str(number)
        found[name] = f"?{given.urlencode()}" if is_there else ""
    return found
