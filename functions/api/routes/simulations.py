"""Simulations: what would happen if these events came at this instant."""

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import enter
from tocsin.contracts.api_simulations import Simulation, SimulationInput
from tocsin.domain.permission import Permission
from tocsin_data.services import simulating
from tocsin_data.views import incidents

router = APIGatewayHttpRouter()


@router.post(
    "/v1/simulations",
    summary="Tell what would happen if events came to a service, without doing any of it",
    tags=["analytics"],
    operation_id="simulate",
)
def simulate(data: SimulationInput) -> Simulation:
    """Answer the rules, incidents, steps, people and instants; nothing is sent, nothing is kept."""
    session = enter(Permission.SIMULATE)
    return simulating.simulate(session.db, session.org_id, data, incidents.get)
