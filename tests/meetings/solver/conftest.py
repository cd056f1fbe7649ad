import pytest


@pytest.fixture(autouse=True)
def clean_database(request: pytest.FixtureRequest) -> None:
    """The engine knows no database: none is made, and of the two test runs one is enough."""
    only_run = request.node.get_closest_marker("soak") is not None
    if request.config.getoption("database") != "sqlite" and not only_run:
        pytest.skip("was run beside SQLite")
