"""Addresses of the leadership ladder and of leaders' own lists."""

from django.urls import URLPattern, path

from centro.organizing.views import ladder, ladder_people, ladder_steps

urlpatterns: list[URLPattern] = [
    path("ladder/", ladder.ladder, name="ladder"),
    path("campaigns/<uuid:campaign_id>/ladder/add/", ladder_steps.add_step, name="add_step"),
    path("campaigns/<uuid:campaign_id>/ladder/<slug:name>/", ladder_steps.edit_step, name="edit_step"),
    path("campaigns/<uuid:campaign_id>/ladder/<slug:name>/move/", ladder_steps.move_step, name="move_step"),
    path("campaigns/<uuid:campaign_id>/ladder/<slug:name>/off/", ladder_steps.take_step_off, name="take_step_off"),
    path("people/<uuid:person_id>/ladder/", ladder.climb, name="climb"),
    path("people/<uuid:person_id>/ladder/notes/", ladder.add_note, name="add_coaching_note"),
    path("people/<uuid:person_id>/leads/", ladder_people.follow, name="follow"),
    path("people/<uuid:person_id>/leads/again/", ladder_people.start_over, name="start_over"),
    path("people/<uuid:person_id>/leads/card/", ladder_people.card, name="leader_card"),
    path("people/<uuid:person_id>/leads/link/", ladder_people.make_link, name="make_leader_link"),
    path("people/<uuid:person_id>/leads/link/revoke/", ladder_people.revoke_link, name="revoke_leader_link"),
    path("followings/<uuid:following_id>/end/", ladder_people.unfollow, name="unfollow"),
    path("mine/<str:secret>/", ladder_people.my_people, name="my_people"),
    path("mine/<str:secret>/<uuid:following_id>/", ladder_people.tell, name="tell"),
]
