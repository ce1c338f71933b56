"""The small site in Django: one file, no project, no database."""

import hashlib
import os
from typing import Any, Iterator

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import (
    HttpResponse,
    HttpResponseNotFound,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.urls import path, reverse
from django.views.static import serve

PICTURES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "pictures")
PLAIN = "text/plain; charset=utf-8"


def hello(request: Any) -> Any:
    return HttpResponse("Hello from Django.\n", content_type=PLAIN)


def person(request: Any, name: str) -> Any:
    greeting = request.GET.get("greeting", "Good day")
    return HttpResponse("{}, {}!\n".format(greeting, name), content_type=PLAIN)


def old(request: Any) -> Any:
    return HttpResponseRedirect(request.build_absolute_uri(reverse("person", args=["ann"])))


def upload(request: Any) -> Any:
    """Tell what a form with a file (``multipart/form-data``) has brought."""
    digest = hashlib.sha256()
    size = 0
    for block in request.FILES["file"].chunks():
        digest.update(block)
        size += len(block)
    receipt = {"sha256": digest.hexdigest(), "size": size, "title": request.POST["title"]}
    return JsonResponse(receipt, json_dumps_params={"sort_keys": True})


def download(request: Any) -> Any:
    response = StreamingHttpResponse(lines(), content_type=PLAIN)
    response["Content-Disposition"] = 'attachment; filename="lines.txt"'
    return response


def lines() -> Iterator[bytes]:
    for number in range(1, 1201):
        yield "line {}\n".format(number).encode("ascii")


def not_found(request: Any, exception: Any) -> Any:
    return HttpResponseNotFound("Django knows no {}\n".format(request.path), content_type=PLAIN)


urlpatterns = [
    path("", hello),
    path("people/<str:name>", person, name="person"),
    path("old", old),
    path("pictures/<path:path>", serve, {"document_root": PICTURES}),
    path("upload", upload),
    path("download", download),
]
handler404 = not_found

if not settings.configured:
    settings.configure(SECRET_KEY="a sample, which keeps no secrets", ALLOWED_HOSTS=["*"])
# Django's own development server has configured the settings already, without an URLconf.
settings.ROOT_URLCONF = __name__
settings.DEBUG = False
application = get_wsgi_application()
