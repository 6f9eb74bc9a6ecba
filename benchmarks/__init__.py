"""What lawqa costs and finds, measured: ``python -m benchmarks.latency``, ``python -m benchmarks.lookups``."""
