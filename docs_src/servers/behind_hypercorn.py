"""The bookshop for hypercorn behind a proxy: it believes what the last proxy says of the client."""

from hypercorn.middleware import ProxyFixMiddleware

from docs_src.bookshop.main import app as bookshop

app = ProxyFixMiddleware(bookshop, mode="legacy", trusted_hops=1)
