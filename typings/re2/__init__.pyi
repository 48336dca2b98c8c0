"""Types for the parts of google-re2 we use; the package ships none."""

class _Encoding:
    UTF8: _Encoding
    LATIN1: _Encoding

class Options:
    Encoding: type[_Encoding]
    encoding: _Encoding
    never_capture: bool
    max_mem: int
    log_errors: bool
    never_nl: bool
    dot_nl: bool
    one_line: bool
    case_sensitive: bool

class error(Exception): ...  # noqa: N801 - so it is called there

class _Match:
    def group(self, group: int | str = ...) -> str | None: ...
    def start(self) -> int: ...
    def end(self) -> int: ...

class _Regexp:
    @property
    def programsize(self) -> int: ...
    @property
    def reverseprogramsize(self) -> int: ...
    def search(self, text: str | bytes) -> _Match | None: ...
    def fullmatch(self, text: str | bytes) -> _Match | None: ...

def compile(pattern: str | bytes, options: Options | None = None) -> _Regexp: ...  # noqa: A001 - so it is called there
