"""The headers every answer is sent with: nothing from outside, nothing kept, nothing framed, no address passed on.

Takes an ASGI application and gives one. The policy allows no script at all; the pages need none.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

STATIC_PATH = "/static/"


class SafeHeaders:
    """Adds the headers to every answer; `keep_pages` False forbids any copy of a page, as care needs it."""

    def __init__(self, app: ASGIApp, *, keep_pages: bool) -> None:
        """Wrap the application."""
        self.app = app
        self.pages_are_kept = "private, no-cache" if keep_pages else "no-store"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cache = "no-cache" if STATIC_PATH in scope["path"] else self.pages_are_kept

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers["Cache-Control"] = cache
            await send(message)

        await self.app(scope, receive, with_headers)
