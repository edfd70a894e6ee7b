"""检索：one port for whatever can be found, whoever finds it.

A room makes an :class:`~gongkai.search.entry.Entry` of each thing the public may see and puts it
into :func:`~gongkai.search.index.index`; a page asks the index with words. The room knows no
subject, and the rooms know no engine.
"""
