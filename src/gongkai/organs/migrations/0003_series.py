from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organs", "0002_alter_role_duty"),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "name",
                    models.CharField(
                        max_length=120, primary_key=True, serialize=False, verbose_name="系列"
                    ),
                ),
                ("last", models.PositiveIntegerField(default=0, verbose_name="最后一号")),
            ],
            options={
                "verbose_name": "流水号",
                "verbose_name_plural": "流水号",
            },
        ),
    ]
