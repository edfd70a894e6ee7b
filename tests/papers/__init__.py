"""试卷：a subject of the smallest kind, for the tests of rooms that know no subject."""
