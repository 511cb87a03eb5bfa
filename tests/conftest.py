"""One Hypothesis profile for all tests: the clock decides nothing, and a failure comes again."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "hazama", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("hazama")
