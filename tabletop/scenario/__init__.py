"""What an author writes: model, conditions, strict YAML, guidance. Pure; knows no exercise."""
