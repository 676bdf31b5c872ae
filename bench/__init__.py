"""Benchmarks: every figure beside one exact scan of 100,000 × 256 float32 in the same run, because machines differ and are shared."""
