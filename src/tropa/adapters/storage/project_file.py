"""tropa.yaml: one door to read it and one to write it."""

from tropa.adapters.storage.project_read import project_from_text, read_project
from tropa.adapters.storage.project_write import project_to_text, write_project

__all__ = ["project_from_text", "project_to_text", "read_project", "write_project"]
