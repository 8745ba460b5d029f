"""`docs/metrics.md` and `docs/metrics.ru.md`: made of the registries and the words the bot itself says.

`python -m docs.build` writes them anew from a checkout (`make docs`).
"""
