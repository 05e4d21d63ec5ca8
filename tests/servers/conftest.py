"""Each server once, with all the tests of it; at the end a table of servers and checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.servers.running import CHOSEN, Server, running


@pytest.fixture(scope="session", params=CHOSEN)
def running_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with running(request.param, tmp_path_factory.mktemp(request.param)) as server:
        yield server


@pytest.fixture
def server(running_server: Server) -> Iterator[Server]:
    """A server that has nothing to complain about in its log after the test."""
    yield running_server
    assert running_server.complaints() == []


class Cell:
    """What became of one check under one server."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}
        self.mebibytes: list[float] = []

    def add(self, report: pytest.TestReport, outcome: str) -> None:
        """Take in the outcome of a run, of which a test may have two: of itself and of its end."""
        if self.outcomes.get(report.nodeid) not in {"failed", "error"}:
            self.outcomes[report.nodeid] = outcome
        self.mebibytes += [value for name, value in report.user_properties if name == "MiB"]

    def __str__(self) -> str:
        wrong = sum(outcome in {"failed", "error"} for outcome in self.outcomes.values())
        if wrong:
            return f"{wrong} FAILED"
        if self.mebibytes:
            return f"{max(self.mebibytes):.1f} MiB"
        return "ok" if "passed" in self.outcomes.values() else "-"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what passed under which server, and the most memory that a check took."""
    table: dict[str, dict[str, Cell]] = defaultdict(lambda: defaultdict(Cell))
    for outcome in ("passed", "skipped", "failed", "error"):
        for report in terminalreporter.stats.get(outcome, []):
            check, _, parameters = report.nodeid.rpartition("::")[2].partition("[")
            # The first parameter is the server; what is skipped whole has none.
            servers = [name for name in CHOSEN if parameters.startswith(name)]
            for name in servers:
                title = check.removeprefix("test_").replace("_", " ")
                table[title][name].add(report, outcome)
    if table:
        width = max(map(len, table))
        terminalreporter.write_line("")
        terminalreporter.write_line("  ".join([" " * width, *CHOSEN]))
        for title, cells in table.items():
            row = [str(cells[name]).ljust(len(name)) for name in CHOSEN]
            terminalreporter.write_line("  ".join([title.ljust(width), *row]).rstrip())
