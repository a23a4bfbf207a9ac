"""From a YAML file to a case, and back to a YAML file: reading, messages, text edited in place."""
