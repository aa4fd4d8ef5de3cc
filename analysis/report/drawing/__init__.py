"""Charts as SVG: a Plotly figure, as the JSON that it is kept as, drawn without Plotly's script."""
