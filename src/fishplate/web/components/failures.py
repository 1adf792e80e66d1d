"""What a person reads when a page can't be shown: what is wrong and what to do, in the same layout as every page."""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from fishplate.web.components.blocks import Page
from fishplate.web.components.layout import Frame, show
from fishplate.web.components.security import HEADERS

_SAID = {
    404: ("This page is not here", "The address may be mistyped, or the page may have been of an earlier build."),
    405: ("This page can't be opened that way", "Go back and use the form on the page before."),
    413: ("Too much was sent", "A form here takes a few short answers only."),
    429: ("Too many tries", "Wait a quarter of an hour, then try again."),
}
_OTHERWISE = ("This did not work", "Go back and try again.")


def failure_page(frame: Frame) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The answer to a request that failed in a known way."""

    async def answer(request: Request, failure: Exception) -> Response:
        status = failure.status_code if isinstance(failure, HTTPException) else 500
        title, hint = _SAID.get(status, _OTHERWISE)
        said = failure.detail if isinstance(failure, HTTPException) and status in (400, 403, 503) else hint
        response = show(request, frame, Page(title, (said,)), status=status)
        # A failure nobody foresaw is answered outside the middleware that adds these.
        response.headers.update({**HEADERS, "Cache-Control": "no-store"})
        return response

    return answer
