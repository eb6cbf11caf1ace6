"""Addresses of texts and calls."""

from django.urls import URLPattern, path

from centro.organizing.views import calls, texting, texts

urlpatterns: list[URLPattern] = [
    path("texts/", texts.inbox, name="inbox"),
    path("texts/<uuid:person_id>/", texts.thread, name="thread"),
    path("texts/<uuid:person_id>/play/", texts.play_answer, name="play_answer"),
    path("threads/<uuid:thread_id>/settle/", texts.settle_thread, name="settle_thread"),
    path("threads/<uuid:thread_id>/hand-over/", texts.hand_thread, name="hand_thread"),
    path("lists/<uuid:assignment_id>/bank/", texting.bank, name="bank"),
    path("lists/<uuid:assignment_id>/guide/", texting.choose_guide, name="choose_guide"),
    path("lists/<uuid:assignment_id>/next/", texting.next_person, name="next_person"),
    path("stops/<uuid:stop_id>/text/", texting.text_stop, name="text_stop"),
    path("stops/<uuid:stop_id>/skip/", texting.skip, name="skip"),
    path("stops/<uuid:stop_id>/call/", calls.call_stop, name="call_stop"),
    path("stops/<uuid:stop_id>/number/", calls.reveal_number, name="reveal_number"),
    path("campaigns/<uuid:campaign_id>/guides/", texting.guides, name="guides"),
    path("campaigns/<uuid:campaign_id>/guides/add/", texting.add_guide, name="add_guide"),
    path("guides/<uuid:guide_id>/edit/", texting.edit_guide, name="edit_guide"),
    path("guides/<uuid:guide_id>/end/", texting.end_guide, name="end_guide"),
]
