"""附件：uploads told by their content, kept once, read, and searched for what they hide.

The room has no address of its own: the page of the record a file belongs to decides who may
have it, and hands it out with :func:`gongkai.files.handing.hand_out`.
"""
