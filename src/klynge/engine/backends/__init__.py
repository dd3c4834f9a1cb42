"""The only place that meets rows: DuckDB, and later Spark, from one definition."""
