"""The commands, one module each: ``add(commands)`` declares the arguments and sets ``run``."""

from lawqa.commands import ask, check, compare, config, corpus, eval, explain, feedback, index, search, serve, show

ALL = (ask, explain, search, show, check, compare, eval, index, corpus, serve, feedback, config)
