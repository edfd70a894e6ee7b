from django.db import migrations

#: The series of requests and of their papers; those of documents have names of two kinds only.
OURS = "name NOT LIKE 'index %' AND name NOT LIKE 'number %'"


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0004_numbers_of_loaded_replies"),
        ("organs", "0003_series"),
    ]

    operations = [
        migrations.RunSQL(
            'INSERT INTO organs_series (name, "last") SELECT name, "last" FROM applications_series',
            [
                'INSERT INTO applications_series (name, "last")'
                f' SELECT name, "last" FROM organs_series WHERE {OURS}',
                f"DELETE FROM organs_series WHERE {OURS}",
            ],
        ),
        migrations.DeleteModel(name="Series"),
    ]
