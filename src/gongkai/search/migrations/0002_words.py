from django.db import migrations

from gongkai.search.words import TABLE


def create(apps, schema_editor):
    for statement in TABLE.creation(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(create, lambda apps, editor: editor.execute(TABLE.dropping)),
    ]
