"""Addresses that belong to no single module."""

from django.urls import path

from centro.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("language/", views.choose_language, name="choose_language"),
    path("role/", views.choose_role, name="choose_role"),
    path("roles/", views.roles, name="roles"),
]
