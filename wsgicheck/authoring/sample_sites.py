"""The sample sites that the probe runs within the server, and what is known of them."""

from __future__ import annotations

from ..model.play import Play

SITE = Play(application="sample_apps.site:application")
DOT_GIF = bytes.fromhex(
    "47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b"
)
"""The octets of its ``/pictures/small/dot.gif``."""

DJANGO = Play(application="sample_apps.frameworks.django_site:application")
FLASK = Play(application="sample_apps.frameworks.flask_site:application")
BOTTLE = Play(application="sample_apps.frameworks.bottle_site:application")
