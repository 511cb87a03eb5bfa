"""The site's words in one language."""

from hazama.resources import words
from hazama.site.values import Lang


class Words:
    """``words("rows", n=3)``: a text of ``ontology/words/site.csv``, and of *more* areas, in one language, filled."""

    def __init__(self, lang: Lang, *more: str) -> None:
        self.lang: Lang = lang
        self._texts = {id: both[lang] for area in ("site", *more) for id, both in words(area).items()}

    def __call__(self, id: str, **values: object) -> str:
        text = self._texts[id]
        return text.format(**values) if values else text

    def __contains__(self, id: str) -> bool:
        return id in self._texts
