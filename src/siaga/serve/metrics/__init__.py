"""How the service and its workspace fare, as numbers that Prometheus collects."""
