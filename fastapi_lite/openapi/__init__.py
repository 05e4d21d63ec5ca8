"""The document of an application, and the pages that show it."""
