"""The exploration over packed integers: fast, and held against the plain one by the tests."""
