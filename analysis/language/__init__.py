"""Article text to annotated Doc. Each module is one registered spaCy component, which leaves its layers."""
