"""The bookshop for granian behind a proxy: it believes what a proxy on this machine says."""

from granian.utils.proxies import wrap_asgi_with_proxy_headers

from docs_src.bookshop.main import app as bookshop

app = wrap_asgi_with_proxy_headers(bookshop, trusted_hosts="127.0.0.1")
