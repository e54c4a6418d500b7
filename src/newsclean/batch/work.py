"""What is done with one input, here or in a worker: read, clean, judge by the filters, render."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from typing import NamedTuple

from newsclean.account import counted
from newsclean.batch.options import Filters, Reading
from newsclean.batch.outcomes import (
    CRASH,
    NO_ARTICLE,
    UNDECODABLE,
    UNREADABLE,
    Facts,
    Outcome,
    Reply,
    Status,
    Task,
    failed,
    name_of,
)
from newsclean.batch.review import Review
from newsclean.errors import NewscleanError, UnknownChoiceError, UnknownEncodingError
from newsclean.models import Article, Source, Style
from newsclean.sinks import rendered
from newsclean.sources import Found, Unreadable, read

NOTHING = "no article found"
"""How the line for a page without an article begins, and the warning in it."""

NEXT_STEP = "--explain shows how each block was judged"
"""What to try with such a page."""

NO_MEMORY = "not enough memory for it (fewer workers with -j, or --max-size)"
"""What is said where a page is too large for the machine."""

UNREADABLE_WHOLE = 0.1
"""A page without an article is undecodable when so much of its text had to be replaced."""


class Plan(NamedTuple):
    """What is the same for all inputs of a run.

    `explain` says that articles are wanted, too, `review` makes what a report shows of them. `format` is what they
    are rendered as, None where nobody wants that.
    """

    reading: Reading = Reading()
    format: str | None = "md"
    style: Style = Style()
    filters: Filters = Filters()
    explain: bool = False
    review: Review | None = None


def work(task: Task, plan: Plan) -> Reply:
    """Do all that can be done with one input without the others; whatever is wrong with it stays with it."""
    return guarded(
        name_of(task), lambda: clean_source(task, plan) if isinstance(task, Source) else clean_file(task, plan)
    )


def guarded(name: str, do: Callable[[], Reply]) -> Reply:
    """Do what is done with an input, and return what is wrong with it as its outcome.

    Raises UnknownEncodingError and UnknownChoiceError, since these are wrong with what was asked for.
    """
    try:
        return do()
    except (UnknownEncodingError, UnknownChoiceError):
        raise
    except NewscleanError as error:
        return Reply(failed(name, UNREADABLE, str(error)))
    except MemoryError:
        return Reply(failed(name, CRASH, NO_MEMORY))
    except Exception as error:
        return Reply(unforeseen(name, error))


def unforeseen(name: str, error: Exception) -> Outcome:
    """Return the outcome of an input with an error that nobody foresaw."""
    why = f"unexpected {type(error).__name__}: {error} (please report this; -v shows where it happened)"
    return failed(name, CRASH, why, "".join(traceback.format_exception(type(error), error, error.__traceback__)))


def clean_file(found: Found, plan: Plan) -> Reply:
    """Clean the page that a file is, or say that it is a container."""
    if found.more:
        return clean_series(found, plan)
    return clean_only(found.name, read(found, plan.reading.limit), plan)


def clean_only(name: str, pages: Iterator[Source | Unreadable], plan: Plan, charset: str | None = None) -> Reply:
    """Clean the only page of a file, or say that it is a container. `charset` is what somebody else declares."""
    page = next(pages, None)
    if page is None or isinstance(page, Unreadable) or page.member:
        return Reply(Outcome(name, Status.DONE), is_container=True)
    return clean_source(page._replace(charset=page.charset or charset), plan)


def clean_series(found: Found, plan: Plan) -> Reply:
    """Clean the pages of one article, or say that they are several articles, or not all of them pages."""
    from newsclean.joining import join, same_headline

    several = Reply(Outcome(name_of(found), Status.DONE), is_container=True)
    articles = []
    for each in (found, *found.more):
        try:
            page = next(iter(read(each, plan.reading.limit)), None)
        except NewscleanError:  # said of that page alone, when each is done by itself
            return several
        if not isinstance(page, Source) or page.member:
            return several
        articles.append(clean_page(page, plan.reading))
    return judged(name_of(found), join(articles), plan) if same_headline(articles) else several


def clean_source(source: Source, plan: Plan) -> Reply:
    """Clean one page."""
    return judged(source.name, clean_page(source, plan.reading), plan)


def judged(name: str, article: Article, plan: Plan) -> Reply:
    """Judge an article by the filters, and render it."""
    shown_article = article if plan.explain else None
    sheet = plan.review.sheet(article) if plan.review is not None else None
    facts = facts_of(article)
    if not article.text:
        outcome = failed(name, missing_kind(article), missing(article))
        facts = facts._replace(warnings=())  # the reason says it
        return Reply(outcome._replace(facts=facts, article=shown_article, sheet=sheet))
    if why := left_out(article, plan.filters):
        return Reply(Outcome(name, Status.FILTERED, why, None, None, facts, shown_article, sheet))
    return Reply(
        Outcome(name, Status.DONE, None, None, None, facts, shown_article, sheet),
        b"" if plan.format is None else rendered(article, plan.format, plan.style),
        sketched(article.text) if plan.filters.dedup else None,
    )


def facts_of(article: Article) -> Facts:
    """Return what is told of a page that was cleaned."""
    from newsclean.article import UNSURE  # an article was made, so its module is there

    decoded, sure = article.decoded, article.confidence
    return Facts(decoded.encoding, decoded.reason, sure, sure < UNSURE, article.warnings)


def clean_page(source: Source, reading: Reading) -> Article:
    """Hand one page to the pipeline, with what is known of it."""
    from newsclean.pipeline import clean  # brings the parser and the model, which usage errors need not wait for

    return clean(
        source.data,
        url=reading.url or source.url,
        encoding=reading.encoding,
        input_format=reading.input_format,
        engine=reading.engine,
        charset=source.charset,
        name=source.name,
    )


def sketched(text: str) -> bytes:
    """Return what tells whether two texts are near copies."""
    from newsclean.batch.copies import sketch  # brings hashes that only --dedup needs

    return sketch(text)


def missing(article: Article) -> str:
    """Say that a page holds no article, what its warnings make of it and what to try."""
    from newsclean.decode import ORDERED  # a page was read, so its module is there

    if not article.decoded.text:
        return f"{NOTHING} (there is nothing in it)"
    if article.decoded.replaced and article.decoded.reason == ORDERED:
        lost = counted(article.decoded.replaced, "character")
        return f"{NOTHING} ({lost} cannot be read as {article.decoded.encoding}: try it without --encoding)"
    if missing_kind(article) == UNDECODABLE:
        return f"{NOTHING} (this is hardly text: it is damaged, or no page at all)"
    why = [warning.removeprefix(f"{NOTHING}: ") for warning in article.warnings]
    return f"{NOTHING} ({'; '.join([*why, NEXT_STEP])})"


def missing_kind(article: Article) -> str:
    """Tell whether a page holds no article, or nothing that can be read as text."""
    from newsclean.article import is_binary

    decoded = article.decoded
    garbled = decoded.replaced > UNREADABLE_WHOLE * len(decoded.text) or is_binary(decoded)
    return UNDECODABLE if decoded.text and garbled else NO_ARTICLE


def left_out(article: Article, filters: Filters) -> str | None:
    """Say why an article is not wanted, or None."""
    language = article.metadata.language
    if filters.language is not None and not speaks(language, filters.language):
        return f"language {language or 'unknown'}, not {filters.language}"
    if len(article.text) < filters.min_chars:
        return f"{len(article.text):,} characters, fewer than {filters.min_chars:,}"
    if article.confidence < filters.min_confidence:
        return f"confidence {article.confidence:.2f}, under {filters.min_confidence:g}"
    return None


def speaks(language: str | None, wanted: str) -> bool:
    """Tell whether a language is the one wanted, or a kind of it: zh-TW is zh."""
    own, asked = (language or "").lower(), wanted.lower()
    return own == asked or own.startswith(f"{asked}-")


def check_encoding(reading: Reading) -> None:
    """Raise UnknownEncodingError for a wrong name, before the first page is read."""
    if reading.encoding is not None:
        from newsclean.decode import decode

        decode(b"", encoding=reading.encoding)
