"""Every function of the form engine's scope, and how a random form calls it. Importing it fills the list."""

import base64

from tests.conformance.random_expressions import DAYS, MOMENTS, POINTS, WORDS, Make, Writer, function

PICTURES = ("%Y-%m-%d", "%d/%n/%y", "%e %b %Y", "%a %d %b", "%Y/%m")
CLOCK_PICTURES = ("%H:%M", "%Y-%m-%d %H:%M:%S", "%h.%M", "%b %e, %H:%M")
PATTERNS = ("^[a-z]+$", "^[0-9]{1,2}$", "^.*e.*$", "^(yes|no)$", "^[A-Z][a-z]*$", "[0-9]{1,2}")


def _nodes_or(w: Writer, name: str, types: tuple[str, ...]) -> str | None:
    nodes = w.many(types)
    return f"{name}({nodes})" if nodes else None


def _rounded(inner: str) -> str:
    """Digits that all engines agree on, whatever their logarithm does in the last one."""
    return f"round({inner}, 4)"


def _count_selected(w: Writer, _depth: int) -> str | None:
    path = w.one(("select",))
    return f"count-selected({path})" if path else None


def _selected_at(w: Writer, _depth: int) -> str | None:
    path = w.one(("select",))
    return f"selected-at({path}, {w.random.randint(0, 2)})" if path else None


def _selected(w: Writer, _depth: int) -> str | None:
    path = w.one(("select", "select1"))
    return f"selected({path}, '{w.random.choice('abcd')}')" if path else None


def _choice_name(w: Writer, _depth: int) -> str | None:
    found = [
        place
        for place in w.earlier
        if place.path in w.selects and place.repeats == w.here.repeats[: len(place.repeats)]
    ]
    single = [place for place in found if place.type == "select1"]
    if not single:
        return None
    path = w.random.choice(single).path
    w.reads.add(path)
    return f"jr:choice-name({path}, '{path}')"


def _itext(w: Writer, _depth: int) -> str | None:
    w.reads.add("/data/greeting")
    return f"jr:itext('greeting-{w.random.randint(1, 2)}')" if w.speaks else None


def _indexed_repeat(w: Writer, depth: int) -> str | None:
    places = [place for place in w.inside_repeats() if len(place.repeats) == 1]
    if not places:
        return None
    place = w.random.choice(places)
    w.reads.update((place.path, place.repeats[0]))
    number = str(w.random.randint(1, 3)) if w.random.random() < 0.6 else w.guarded(depth)
    return f"indexed-repeat({place.path}, {place.repeats[0]}, {number})"


def _position(w: Writer, _depth: int) -> str | None:
    if not w.here.repeats:
        return None
    up = w.here.path.count("/") - w.here.repeats[-1].count("/")
    w.reads.add(w.here.repeats[-1])
    return f"position({'/'.join(['..'] * up)})"


def _pulldata(w: Writer, _depth: int) -> str:
    column, key = w.random.choice((("label", "name"), ("size", "name"), ("name", "label")))
    value = w.leaf("text")
    inside = f"current()/{value}" if value.startswith("..") else value
    written = f"pulldata('towns', '{column}', '{key}', {value})"
    w.respelled[written] = f"string(instance('towns')/root/item[{key} = {inside}]/{column})"
    return written


def _instance(w: Writer, _depth: int) -> str:
    name = w.random.choice(("towns", "kinds"))
    value = w.one(("string", "select1"))
    if value and w.random.random() < 0.6:
        absolute = value if value.startswith("/") else f"current()/{value}"
        return f"instance('{name}')/root/item[name = {absolute}]/label"
    return f"instance('{name}')/root/item[name = '{w.random.choice('abcd')}']/label"


def _instance_count(w: Writer, _depth: int) -> str:
    size = w.one(("int",))
    least = w.random.randint(0, 6) if size is None else f"current()/{size}" if size.startswith("..") else size
    return f"count(instance('towns')/root/item[size > {least}])"


def _current(w: Writer, _depth: int) -> str | None:
    value = w.one(("int",))
    if value is None:
        return None
    if value.startswith("/"):
        value = w.relative(value)
    return f"count(instance('towns')/root/item[size > current()/{value}])"


def _star(w: Writer, _depth: int) -> str | None:
    nodes = w.many(("int", "string"))
    return f"count({nodes.rpartition('/')[0]}/*)" if nodes else None


def _first(w: Writer, _depth: int) -> str | None:
    nodes = w.many(("int", "string"))
    return f"string({nodes})" if nodes else None


def _checklist(w: Writer, depth: int) -> str:
    parts = ", ".join(w.write("truth", min(depth, 1)) for _ in range(w.random.randint(2, 4)))
    return f"checklist({w.random.randint(-1, 2)}, {w.random.randint(-1, 3)}, {parts})"


def _weighted(w: Writer, depth: int) -> str:
    parts = ", ".join(f"{w.write('truth', min(depth, 1))}, {w.random.randint(1, 3)}" for _ in range(3))
    return f"weighted-checklist({w.random.randint(-1, 3)}, {w.random.randint(-1, 6)}, {parts})"


def _once(w: Writer, depth: int) -> str:
    return f"once({w.write('text', depth)})"


def _math(name: str, inside: str) -> None:
    def write(w: Writer, depth: int) -> str:
        return _rounded(f"{name}({inside.format(w.guarded(depth))})")

    function(name, "number", write)


def _numbers() -> None:
    function("operator add", "number", lambda w, d: f"{w.write('number', d)} + {w.write('number', d)}")
    function("operator subtract", "whole", lambda w, d: f"({w.write('whole', d)} - {w.write('whole', d)})")
    function("operator multiply", "whole", lambda w, d: f"({w.guarded(d)} * {w.guarded(d)})")
    function("operator div", "number", lambda w, d: f"({w.guarded(d)} div {w.random.choice((1, 2, 4, 5, 8))})")
    function("operator mod", "whole", lambda w, d: f"({w.guarded(d)} mod {w.random.randint(2, 5)})")
    function("operator minus", "whole", lambda w, d: f"-{w.guarded(d)}")
    function("int", "whole", lambda w, d: f"int({w.write('number', d)})")
    function("number", "number", lambda w, d: f"number({w.write('text', d)})")
    function("round", "number", _round)
    function("floor", "whole", lambda w, d: f"floor({w.guarded(d)} div 4)")
    function("ceiling", "whole", lambda w, d: f"ceiling({w.guarded(d)} div 4)")
    function("abs", "whole", lambda w, d: f"abs({w.guarded(d)} - 5)")
    function("pow", "whole", lambda w, _d: f"pow({w.guarded(0)}, {w.random.randint(0, 3)})")
    for name in ("sin", "cos", "atan"):
        _math(name, "{} div 3")
    _math("tan", "{} div 50")
    for name in ("asin", "acos"):
        _math(name, "1 div (1 + abs({}))")
    _math("exp", "{} div 5")
    _math("exp10", "{} div 5")
    _math("sqrt", "abs({})")
    _math("log", "1 + abs({})")
    _math("log10", "1 + abs({})")
    function("atan2", "number", lambda w, d: _rounded(f"atan2({w.guarded(d)}, 1 + abs({w.guarded(d)}))"))
    function("pi", "number", lambda _w, _d: _rounded("pi()"))
    function("sum", "number", lambda w, _d: _nodes_or(w, "sum", ("int", "decimal")))
    function("count", "whole", lambda w, _d: _nodes_or(w, "count", ("int", "decimal", "string", "date")))
    function("count-non-empty", "whole", lambda w, _d: _nodes_or(w, "count-non-empty", ("int", "string")))
    function("min", "number", _extreme("min"))
    function("max", "number", _extreme("max"))
    function("string-length", "whole", lambda w, d: f"string-length({w.write('text', d)})")
    function("count-selected", "whole", _count_selected)
    function("position", "whole", _position)
    function("current", "whole", _current)
    function("path star", "whole", _star, rare=True)
    function("instance count", "whole", _instance_count)
    function("decimal-date-time", "number", lambda w, d: f"decimal-date-time({w.write('moment', d)})")
    function("decimal-time", "number", _decimal_time)
    function("number of days", "whole", lambda w, d: f"({w.write('day', d)} - {w.write('day', d)})")
    function("distance", "number", _distance)
    function("area", "number", _area)
    function("if number", "whole", lambda w, d: f"if({w.write('truth', d)}, {w.guarded(d)}, {w.guarded(d)})")


def _round(w: Writer, depth: int) -> str:
    if w.random.random() < 0.4:
        return f"round({w.guarded(depth)} div 2)"
    return f"round({w.guarded(depth)} div {w.random.choice((3, 7, 8))}, {w.random.randint(0, 3)})"


def _extreme(name: str) -> Make:
    def write(w: Writer, depth: int) -> str:
        nodes = w.many(("int", "decimal"))
        if nodes and w.random.random() < 0.6:
            return f"{name}({nodes})"
        return f"{name}({w.guarded(depth)}, {w.guarded(depth)}, {w.random.randint(0, 9)})"

    return write


def _distance(w: Writer, _depth: int) -> str:
    path = w.one(("geoshape", "geotrace"))
    if path:
        return f"if({path} != '', round(distance({path}) div 1000, 1), 0)"
    return f"round(distance('{'; '.join(w.random.sample(POINTS, k=w.random.randint(2, 3)))}') div 1000, 1)"


def _area(w: Writer, _depth: int) -> str | None:
    path = w.one(("geoshape",))
    return f"if({path} != '', round(area({path}) div 10000000, 0), 0)" if path else None


def _decimal_time(w: Writer, _depth: int) -> str | None:
    path = w.one(("time",))
    return _rounded(f"decimal-time({path})") if path else None


def _texts() -> None:
    function("concat", "text", lambda w, d: f"concat({w.write('text', d)}, '-', {w.write('whole', d)})")
    function("join", "text", _join)
    function("path of many", "text", _first, rare=True)
    function("substr", "text", _substr)
    function("substring-before", "text", lambda w, d: f"substring-before({w.write('text', d)}, '{_letter(w)}')")
    function("substring-after", "text", lambda w, d: f"substring-after({w.write('text', d)}, '{_letter(w)}')")
    function("translate", "text", lambda w, d: f"translate({w.write('text', d)}, 'abe', 'AB')")
    function("normalize-space", "text", lambda w, d: f"normalize-space(concat('  ', {w.write('text', d)}, '  x '))")
    function("string", "text", lambda w, d: f"string({w.write('whole', d)})")
    function("if", "text", lambda w, d: f"if({w.write('truth', d)}, {w.write('text', d)}, {w.write('text', d)})")
    function("coalesce", "text", lambda w, d: f"coalesce({w.write('text', d)}, {w.write('text', d)})")
    function("selected-at", "text", _selected_at)
    function("jr:choice-name", "text", _choice_name)
    function("jr:itext", "text", _itext)
    function("indexed-repeat", "text", _indexed_repeat)
    function("pulldata", "text", _pulldata)
    function("instance", "text", _instance)
    function("digest", "text", _digest)
    function("base64-decode", "text", _base64)
    function("format-date", "text", lambda w, d: f"format-date({w.write('day', d)}, '{w.random.choice(PICTURES)}')")
    function("format-date-time", "text", _format_moment)
    function("once", "text", _once, rare=True)
    function("uuid", "whole", lambda _w, _d: "string-length(uuid())", rare=True)
    function("random", "truth", lambda _w, _d: "random() >= 0 and random() < 1")
    function("now", "truth", lambda w, _d: f"decimal-date-time(now()) > {w.random.choice((19000, 90000))}")
    function("today", "truth", lambda w, d: f"today() > {w.write('day', d)}")


def _letter(w: Writer) -> str:
    return w.random.choice("eab-1 ")


def _join(w: Writer, depth: int) -> str:
    nodes = w.many(("string", "int", "select1"))
    if nodes:
        return f"join(' ', {nodes})"
    return f"join(', ', {w.write('text', depth)}, {w.write('text', depth)})"


def _substr(w: Writer, depth: int) -> str:
    start = w.random.randint(0, 3)
    end = f", {start + w.random.randint(0, 3)}" if w.random.random() < 0.6 else ""
    return f"substr({w.write('text', depth)}, {start}{end})"


def _digest(w: Writer, depth: int) -> str:
    name = w.random.choice(("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"))
    return f"digest({w.write('text', depth)}, '{name}', '{w.random.choice(('hex', 'base64'))}')"


def _base64(w: Writer, _depth: int) -> str:
    return f"base64-decode('{base64.b64encode(w.random.choice(WORDS).encode()).decode()}')"


def _format_moment(w: Writer, depth: int) -> str:
    return f"format-date-time({w.write('moment', depth)}, '{w.random.choice(CLOCK_PICTURES)}')"


def _truths() -> None:
    for sign in ("=", "!=", "<", "<=", ">", ">="):
        function(f"operator {sign}", "truth", _comparison(sign))
    function("operator and", "truth", lambda w, d: f"({w.write('truth', d)} and {w.write('truth', d)})")
    function("operator or", "truth", lambda w, d: f"({w.write('truth', d)} or {w.write('truth', d)})")
    function("operator text =", "truth", lambda w, d: f"{w.write('text', d)} = {w.write('text', d)}")
    function("operator day <", "truth", lambda w, d: f"{w.write('day', d)} < {w.write('day', d)}")
    function("operator empty", "truth", lambda w, _d: f"{w.leaf('text')} != ''")
    function("true", "truth", lambda _w, _d: "true()")
    function("false", "truth", lambda _w, _d: "false()")
    function("not", "truth", lambda w, d: f"not({w.write('truth', d)})")
    function("boolean", "truth", lambda w, d: f"boolean({w.write('whole', d)})")
    function("boolean-from-string", "truth", lambda w, d: f"boolean-from-string({w.write('text', d)})")
    function("selected", "truth", _selected)
    function("contains", "truth", lambda w, d: f"contains({w.write('text', d)}, '{_letter(w)}')")
    function("starts-with", "truth", lambda w, d: f"starts-with({w.write('text', d)}, '{_letter(w)}')")
    function("ends-with", "truth", lambda w, d: f"ends-with({w.write('text', d)}, '{_letter(w)}')")
    function("regex", "truth", lambda w, d: f"regex({w.write('text', d)}, '{w.random.choice(PATTERNS)}')")
    function("checklist", "truth", _checklist)
    function("weighted-checklist", "truth", _weighted)


def _comparison(sign: str) -> Make:
    return lambda w, d: f"{w.write('whole', d)} {sign} {w.write('whole', d)}"


def _times() -> None:
    function("date", "day", lambda w, _d: f"date({w.random.choice((w.leaf('day'), repr(w.random.choice(DAYS))))})")
    function("operator date", "day", lambda w, d: f"date({w.write('day', d)} + {w.random.randint(0, 40)})")
    function("if day", "day", lambda w, d: f"if({w.write('truth', d)}, {w.write('day', d)}, {w.write('day', d)})")
    function("date-time", "moment", lambda w, _d: f"date-time('{w.random.choice(MOMENTS)}')")


_numbers()
_texts()
_truths()
_times()
