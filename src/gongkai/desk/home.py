"""待办：the home of the desk, what waits for a person in plain groups, worst first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.organs.pages import StaffRequest, desk_page
from gongkai.organs.rights import administers
from gongkai.organs.waiting import Group, Task, waiting_for

#: Colour of the heading; its words say the same.
_TONES = {Group.LATE: "bad", Group.TODAY: "bad", Group.SOON: "warn", Group.MINE: "plain"}


@desk_page
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """工作台首页。"""
    groups: dict[Group, list[Task]] = {group: [] for group in Group}
    for task in waiting_for(request.user):
        groups[task.group].append(task)
    context = {
        "groups": [
            {"label": group.value, "tone": _TONES.get(group, "info"), "tasks": tasks,
             "key": group.name.lower()}
            for group, tasks in groups.items()
            if tasks
        ],
        "administers": administers(request.user),
    }  # fmt: skip
    return render(request, "desk/home.html", context)
