"""演示：a believable city, modelled on the 石家庄 2022 report, every record of it marked 演示.

Its organs are those of a city, its people are invented, its figures are those the report gives.
Beside the invented documents stand some hundred real laws and State Council documents, so that
search and reading can be tried on true text (``documents.jsonl.xz``, sources in ``SOURCES.md``).
"""
