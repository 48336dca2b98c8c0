"""The rules of WAF before CloudFront. AWS wants them in us-east-1, wherever the rest is."""

from typing import Final

from aws_cdk import CfnOutput, Environment, Stack
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from infra.parts.assembly import synthesizer
from infra.stages import Stage

REGION: Final = "us-east-1"
REQUESTS: Final = 30_000
"""From one address in five minutes: a large Alertmanager in a storm sends less."""
TOO_MANY: Final = 429
RETRY_SECONDS: Final = "30"


class FirewallRules(Stack):
    """What is kept out: floods. What looks like an attack is only counted.

    An alert about an attack quotes it; a rule over bodies would lose the page it is about. Floods are told to come
    again, since what they hold may be events.
    """

    def __init__(self, scope: Construct, stage: Stage) -> None:
        super().__init__(
            scope,
            f"tocsin-{stage.name}-firewall",
            description="Tocsin: the rules before the APIs",
            env=Environment(region=REGION),
            synthesizer=synthesizer(stage),
        )
        acl = waf.CfnWebACL(
            self,
            "Rules",
            name=f"tocsin-{stage.name}",
            scope="CLOUDFRONT",
            default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
            visibility_config=_seen("All"),
            rules=[
                waf.CfnWebACL.RuleProperty(
                    name="Floods",
                    priority=0,
                    action=waf.CfnWebACL.RuleActionProperty(
                        block={
                            "customResponse": {
                                "responseCode": TOO_MANY,
                                "responseHeaders": [{"name": "Retry-After", "value": RETRY_SECONDS}],
                            }
                        }
                    ),
                    statement=waf.CfnWebACL.StatementProperty(
                        rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                            aggregate_key_type="IP", limit=REQUESTS, evaluation_window_sec=300
                        )
                    ),
                    visibility_config=_seen("Floods"),
                ),
                *(
                    _counted(number, name)
                    for number, name in enumerate(
                        ("AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet"), start=1
                    )
                ),
            ],
        )
        CfnOutput(self, "FirewallArn", value=acl.attr_arn)


def _counted(priority: int, name: str) -> waf.CfnWebACL.RuleProperty:
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        override_action=waf.CfnWebACL.OverrideActionProperty(count={}),
        statement=waf.CfnWebACL.StatementProperty(
            managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(vendor_name="AWS", name=name)
        ),
        visibility_config=_seen(name),
    )


def _seen(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
    )
