"""tropa: customer journey maps built from a company's own data."""

__version__ = "0.1.0"
