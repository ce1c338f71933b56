"""Reports of what ``wsgicheck app`` found: text from an ``Examination``, in the formats of CI systems too."""
