"""密存：personal data sealed before it reaches the disk, shown masked, opened on purpose only.

``sealing`` seals single values, ``fields`` is the model field that does so by itself, ``streams``
seals whole files, ``keyring`` keeps the keys, ``rotation`` changes them.
"""
