"""Safari's .webarchive: a property list with the page, its address and its charset; images and frames stay in it."""

from __future__ import annotations

from typing import BinaryIO

from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.sources.page import too_large
from newsclean.sources.plist import PropertyList

PAGE = "WebMainResource"
"""The key of the page itself; its frames, if any, are under WebSubframeArchives, its images under WebSubresources."""

CONTENT, ADDRESS, CHARSET = "WebResourceData", "WebResourceURL", "WebResourceTextEncodingName"


def read(name: str, stream: BinaryIO, limit: int) -> Source:
    """Read the page of a webarchive; `stream` can seek.

    Raises UnreadableInputError when there is none, or it has more than `limit` bytes.
    """
    archive = PropertyList(stream)
    resource = archive.get(archive.top, PAGE)
    content = None if resource is None else archive.get(resource, CONTENT)
    if content is not None and content.length > limit:
        raise too_large(limit)
    data = archive.data(content)
    if resource is None or data is None:
        raise UnreadableInputError("this is a property list without a saved page: save the page as HTML")
    url, charset = (archive.text(archive.get(resource, key)) for key in (ADDRESS, CHARSET))
    return Source(name, data, web_address(url), charset or None)


def web_address(url: str | None) -> str | None:
    """Return an address of the web, and None for what is none, such as `file:` or `about:blank`."""
    return url if url is not None and url.lower().startswith(("http://", "https://")) else None
