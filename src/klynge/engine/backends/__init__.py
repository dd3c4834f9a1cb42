"""The only place that meets rows: DuckDB and Spark, from one definition."""
