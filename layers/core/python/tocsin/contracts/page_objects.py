"""publish → S3 → mirror, CloudFront: how the objects of pages are named and numbered."""

from typing import Final

PAGES_PREFIX: Final = "pages/"
"""`pages/<slug>/<path>`: a page's documents."""
ASSETS_PREFIX: Final = "assets/"
"""What all pages share, by names that hold the content's hash."""
MANIFESTS_PREFIX: Final = "manifests/"
"""What is in which folder; neither served nor mirrored."""
NUMBER_HEADER: Final = "x-amz-meta-tocsin-number"
"""Of which snapshot an object is: an older one never comes over a newer one."""
