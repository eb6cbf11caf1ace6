"""Addresses that belong to no single module."""

from django.urls import path

from centro.web import gallery
from centro.web.views import about, choices, referrals, tasks, today

app_name = "web"
urlpatterns = [
    path("", today.home, name="home"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/add/", tasks.add_task, name="add_task"),
    path("tasks/<uuid:task_id>/", tasks.task, name="task"),
    path("tasks/<uuid:task_id>/edit/", tasks.edit_task, name="edit_task"),
    path("tasks/<uuid:task_id>/do/", tasks.do_task, name="do_task"),
    path("tasks/<uuid:task_id>/undo/", tasks.undo_task, name="undo_task"),
    path("people/<uuid:person_id>/legal-help/", referrals.ask_clinic, name="ask_clinic"),
    path("people/<uuid:person_id>/visit/", referrals.ask_visit, name="ask_visit"),
    path("visits/", referrals.visits_asked, name="visits_asked"),
    path("visits/<uuid:referral_id>/take/", referrals.take_visit, name="take_visit"),
    path("language/", choices.choose_language, name="choose_language"),
    path("role/", choices.choose_role, name="choose_role"),
    path("pulse/", choices.pulse, name="pulse"),
    path("roles/", about.roles, name="roles"),
    path("about/", about.about, name="about"),
    path("components/", gallery.gallery, name="gallery"),
]
