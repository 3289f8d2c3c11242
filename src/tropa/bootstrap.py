"""The only place that chooses adapters and reads settings."""
