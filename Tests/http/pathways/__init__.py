"""One walk per founding document: what the document says care must look like, asked of a running service.

`test_pathways.py` walks them and asserts; `scripts/pathways --write-docs` writes the pages of
docs/pathways from the same walk. All patients are made up.
"""

from . import heart_failure, metastatic_breast_cancer, oncology, poor_response

PATHWAYS = (oncology, poor_response, metastatic_breast_cancer, heart_failure)
