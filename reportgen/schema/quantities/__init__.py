"""Units and volumes as people write them: read, converted, or refused with the right one."""
