"""Random policy-like texts and broken files: `POLICYX_FUZZ=minutes pytest tests/fuzz`."""
