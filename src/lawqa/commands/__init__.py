"""The commands, one module each: ``add(commands)`` declares the arguments and sets ``run``."""

from lawqa.commands import (
    ask,
    audit,
    check,
    compare,
    config,
    corpus,
    eval,
    explain,
    feedback,
    index,
    search,
    serve,
    show,
    token,
)

ALL = (ask, explain, search, show, check, compare, eval, index, corpus, serve, token, audit, feedback, config)
