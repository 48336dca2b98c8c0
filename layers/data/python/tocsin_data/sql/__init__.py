"""Plain SQL in functions, a module a table family. Every function takes a Tx, so none runs outside a transaction."""
