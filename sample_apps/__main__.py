"""``python -m sample_apps`` serves the whole site."""

from sample_apps.serving import main
from sample_apps.site import application

if __name__ == "__main__":
    main(application)
