"""Messages between functions. They only ever gain optional fields: old and new run side by side at a deploy."""
