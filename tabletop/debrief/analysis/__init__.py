"""What can be worked out from a record and its own scenario: values, nothing said in words yet."""
