"""The whole way on real data that lies beside the clone."""
