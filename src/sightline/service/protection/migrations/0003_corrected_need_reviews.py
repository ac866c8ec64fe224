import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("protection", "0002_writers_and_corrections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="needreview",
            name="corrected_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="when it was last corrected"
            ),
        ),
        migrations.AddField(
            model_name="needreview",
            name="corrected_because",
            field=models.CharField(blank=True, max_length=500, verbose_name="why it was corrected"),
        ),
        migrations.AddField(
            model_name="needreview",
            name="corrected_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
