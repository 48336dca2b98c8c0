"""The API's own description, made once a process: every test of all operations asks for it."""

from functools import cache

from functions.api import openapi

document = cache(openapi.document)
"""The OpenAPI document. Nobody changes it."""
