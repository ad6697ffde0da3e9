import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

# A page makes tens of thousands of objects that go by themselves. Looking among them every 700 for rings that do not takes a
# thirtieth of its time.
gc.set_threshold(10_000)

application = get_wsgi_application()
