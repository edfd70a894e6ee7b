from django.db import migrations

#: The series of documents, by the names they have there; the others are those of requests.
OURS = "name LIKE 'index %' OR name LIKE 'number %'"


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_read_on_the_way"),
        ("organs", "0003_series"),
    ]

    operations = [
        migrations.RunSQL(
            'INSERT INTO organs_series (name, "last") SELECT series, "last" FROM documents_counter',
            [
                'INSERT INTO documents_counter (series, "last")'
                f' SELECT name, "last" FROM organs_series WHERE {OURS}',
                f"DELETE FROM organs_series WHERE {OURS}",
            ],
        ),
        migrations.DeleteModel(name="Counter"),
    ]
