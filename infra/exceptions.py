"""What cdk-nag's AwsSolutions rules ask for and this application does otherwise, each with its reason."""

from typing import Final, cast

from aws_cdk import Acknowledgment, CfnElement, Stack, Validations
from constructs import IConstruct

from infra.parts.database import ManagedDatabase
from infra.parts.deploy_step import DeployStep
from infra.parts.keys import MadeKeys
from infra.stacks.application import Application
from infra.stacks.foundation import Foundation
from infra.stacks.probes import Probes
from infra.stacks.watch import Watch
from infra.stages import Stage

PREFIX: Final = "AwsSolutions::AwsSolutions-"
PYTHON: Final = "Python 3.13 is what the dependencies are locked to and tests run on."
ONE_PREFIX: Final = "The documents under one prefix are the least that can be granted; their names are chosen later."
EDGE_BUCKET_EXPORT: Final = "ExportsOutputFnGetAttEdge7038544FArnB639DF8D"


def acknowledge(foundation: Foundation, application: Application, stage: Stage) -> None:
    """Say so to the validation, rule by rule and resource by resource."""
    _of_documents(foundation, application, stage)
    _of_functions(foundation, application)
    _of_apis(application)
    _of_people(foundation)
    if isinstance(foundation.keys, MadeKeys):
        _of_keys(foundation.keys)
    if foundation.managed is not None:
        _of_database(foundation.managed)
    _except(
        application.pings,
        "SQS3",
        "Nobody consumes this queue: a ping that is not read within five minutes is of no use to anyone.",
    )


def acknowledge_watch(watch: Watch) -> None:
    """The same for the watcher's stack."""
    _except(watch.function, "L1", PYTHON)
    _except(
        watch.connection,
        "SMG4",
        "Both halves are made by the deployment that is watched, and rotated there, by hand.",
    )
    for route in watch.routes:
        _except(route, "APIG4", "A page is signed by the deployment that sent it; the function verifies it.")


def acknowledge_probes(probes: Probes) -> None:
    """The same for the stack of a region that checks."""
    _except(probes.function, "L1", PYTHON)
    _except(probes.bucket, "S1", "One function of its region and the mirror reach this bucket, and their logs say so.")
    for prefix in ("checks", "buffer"):
        _except(
            probes.function.own_role,
            f"IAM5[Resource::<{probes.bucket_id}.Arn>/{prefix}/*]",
            ONE_PREFIX,
        )


def _of_documents(foundation: Foundation, application: Application, stage: Stage) -> None:
    _except(
        foundation.edge_bucket,
        "S1",
        "Two functions reach this bucket, and their own logs tell every request. Access logs would need a second "
        "bucket that costs more than what they watch.",
    )
    functions = application.functions
    home = f"{foundation.stack_name}:{EDGE_BUCKET_EXPORT}"
    prefixes = {
        functions.ingest: ("edge", "checks/private", "probes/commands"),
        functions.publish: ("edge", "checks", "commands", "probes/commands"),
        functions.mirror: ("checks", "commands"),
    }
    for function, granted in prefixes.items():
        for prefix in granted:
            _except(function.own_role, f"IAM5[Resource::{home}/{prefix}/*]", ONE_PREFIX)
    for region in stage.checking.regions:
        there = f"arn:<AWS::Partition>:s3:::tocsin-{stage.name}-checks-<AWS::AccountId>-{region}"
        _except(functions.mirror.own_role, f"IAM5[Resource::{there}/checks/*]", ONE_PREFIX)


def _of_functions(foundation: Foundation, application: Application) -> None:
    functions = [*application.functions.all(), *application.deploying]
    if isinstance(foundation.keys, MadeKeys):
        functions.append(foundation.keys.maker)
    for function in functions:
        _except(function, "L1", PYTHON)
        if function.is_inside:
            _except(
                function.own_role,
                "IAM5[Resource::*]",
                "Lambda joins a network with these actions, and EC2 knows no resources for them. The function's own "
                "code is denied them.",
            )
    if application.migration is not None:
        _of_step(application.migration)


def _of_apis(application: Application) -> None:
    _except(
        application.apis.ingest,
        "APIG4",
        "The tools that send events bring their routing key in the body, the path or a header, as their protocol "
        "wants it; the function verifies it.",
    )
    if application.apis.probes is not None:
        _except(
            application.apis.probes,
            "APIG4",
            "A probe shows a certificate that the truststore's authority has signed, or its connection is refused.",
        )
    for route in application.apis.links:
        _except(
            route,
            "APIG4",
            "A link from a notification, or to a calendar of shifts, is its own authorization: a random token for one "
            "purpose, which expires or can be revoked, and which the function verifies.",
        )
    for route in application.apis.enrolment:
        _except(
            route,
            "APIG4",
            "A new probe has nothing to show but a token in the body, good for one use; the function verifies it.",
        )
    for route in application.apis.sign_in:
        _except(route, "APIG4", "Who signs in has nothing to show yet; where to do that is no secret.")
    for route in application.apis.demo:
        _except(
            route,
            "APIG4",
            "Anybody may see the demo: it is made up and can't be changed. The function counts who asks.",
        )
    for front in (api.front for api in (application.apis.ingest, application.apis.app) if api.front is not None):
        _except(front, "CFR1", "Pages go out, and events come in, wherever in the world something breaks.")
        _except(front, "CFR3", "API Gateway logs every request that passes, and WAF counts those that do not.")


def _of_people(foundation: Foundation) -> None:
    pool = foundation.people.pool
    _except(pool, "COG1", "Twelve characters of any kind: rules of composition make worse passwords (NIST SP 800-63B).")
    _except(pool, "COG2", "A second factor is everybody's choice; an operator who demands one has it by SSO.")
    _except(pool, "COG8", "Threat protection is part of the tier Plus, at more than the price of this one.")


def _of_keys(keys: MadeKeys) -> None:
    _except(
        keys.mac_keys,
        "SMG4",
        "Everything that was signed with a MAC key is worthless once it is gone: a second key is added and the first "
        "kept until nothing signed by it is left, which no schedule can know.",
    )
    _except(
        keys.probe_authority,
        "SMG4",
        "Another authority is made by the operator's word, and signs only once every truststore knows it.",
    )
    _except(keys.seal_public_key, "SMG4", "It is the public half of a key, and no secret.")
    _of_step(keys.step)


def _of_step(step: DeployStep) -> None:
    """CDK's own framework, which answers CloudFormation."""
    _except(
        step.provider,
        "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
        "CDK gives its own function this policy, which lets it write its log and nothing else.",
    )
    table = cast("CfnElement", step.function.node.default_child)
    _except(
        step.provider,
        f"IAM5[Resource::<{Stack.of(step).get_logical_id(table)}.Arn>:*]",
        "CDK lets its own function invoke the versions of the one function that it is for.",
    )


def _of_database(database: ManagedDatabase) -> None:
    _except(
        database.instance,
        "RDS11",
        "The port is PostgreSQL's, since nothing but two security groups of this stack can reach it.",
    )
    if not database.in_two_zones:
        _except(
            database.instance,
            "RDS3",
            "This stage has one zone for the price of it, and says so. Events are accepted and kept while the "
            "database is away; the stage ha has two.",
        )


def _except(construct: IConstruct, rule: str, reason: str) -> None:
    Validations.of(construct).acknowledge(Acknowledgment(id=f"{PREFIX}{rule}", reason=reason))
