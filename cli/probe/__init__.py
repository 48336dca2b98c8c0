"""The process that checks from a private location: `tocsin probe`."""
