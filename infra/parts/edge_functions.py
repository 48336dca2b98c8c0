"""The two functions of CloudFront before and behind the pages: which object is meant, and what is not there."""

from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from infra.edge_code import code
from infra.stages import Stage


def edge_function(scope: Construct, stage: Stage, kind: str, missing: str) -> cloudfront.Function:
    """The function `request` or `response` of a stage; `missing` is what is answered where no page is."""
    return cloudfront.Function(
        scope,
        kind.capitalize(),
        function_name=f"tocsin-{stage.name}-pages-{kind}",
        comment=f"Tocsin {stage.name}: pages, viewer {kind}",
        code=cloudfront.FunctionCode.from_inline(code(kind, stage.pages.domains, missing)),
        runtime=cloudfront.FunctionRuntime.JS_2_0,
    )
