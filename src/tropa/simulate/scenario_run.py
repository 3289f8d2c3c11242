"""From a scenario to a business: everybody's way, the exports, the truth."""

from tropa.simulate.business import SimulatedBusiness
from tropa.simulate.scenario import Scenario
from tropa.simulate.scenario_files import scenario_files
from tropa.simulate.scenario_paths import walk
from tropa.simulate.scenario_truth import scenario_truth


def simulate_scenario(scenario: Scenario, *, seed: int) -> SimulatedBusiness:
    """What the company would export, and apart from it the truth: the same bytes for the same scenario and seed."""
    ways = walk(scenario, seed)
    return SimulatedBusiness(files=scenario_files(scenario, ways, seed), truth=scenario_truth(scenario, ways, seed))
