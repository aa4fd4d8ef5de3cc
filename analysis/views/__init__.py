"""Tables -> what people look at: charts, and linked views that open the evidence."""
