# The versions of a product.
-own-versions = Versions: { $versions

# The pages.
-own-pages = Guides
