"""Article text to annotated Doc. Each module is one registered spaCy component that writes ``doc.spans``."""
