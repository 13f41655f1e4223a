"""Addresses of open data about spaces: no language in them, since codes mean the same everywhere."""

from django.urls import path

from . import data_views

urlpatterns = [
    path("spaces.geojson", data_views.geojson, name="spaces_geojson"),
    path("spaces.csv", data_views.table, name="spaces_csv"),
    path("spaces/clusters.json", data_views.clusters, name="spaces_clusters"),
    path("spaces/land.json", data_views.land, name="spaces_land"),
    path("spaces/share/<slug:slug>.png", data_views.share_picture, name="share_picture"),
]
