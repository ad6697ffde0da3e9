"""The search engine of the portal: documents in, hits and counts out. It knows no role and no posting."""
