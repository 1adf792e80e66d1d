"""Both applications behind one address: planning at the root, care below `/care`, each still with its own routes.

Takes the two applications; gives one. They share no state: a request reaches one or the other.
"""

from starlette.applications import Starlette
from starlette.routing import Mount

CARE_PATH = "/care"


def together(place: Starlette, hub: Starlette | None) -> Starlette:
    """The planning pages, and the care pages where a project has them."""
    if hub is None:
        return place
    return Starlette(routes=[Mount(CARE_PATH, hub, name="care"), Mount("/", place, name="planning")])
