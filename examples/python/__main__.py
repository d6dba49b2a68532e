"""The tree of examples/own-endpoints, in Python.

`pulumi package add ../../provider` makes the package pulumi_cafe_failover first.
"""

import pulumi
import pulumi_aws as aws
import pulumi_cafe_failover as cafe

hostname = "orders.example.com"
tags = {"Project": "own-endpoints", "Environment": "dev", "Contact": "ops@example.com"}

oregon_aws = aws.Provider("us-west-2", region="us-west-2")
# Route 53 writes its metrics to us-east-1 only, so the alarms are there.
virginia_aws = aws.Provider("us-east-1", region="us-east-1")
ohio_aws = aws.Provider("us-east-2", region="us-east-2")


def balancer(zone: str, hosted_zone_id: str) -> cafe.BalancerEndpointArgs:
    """The balancer of an availability zone."""
    region, letter = zone[:-1], zone[-1]
    return cafe.BalancerEndpointArgs(
        availability_zone=zone,
        dns_name=f"orders-{letter}-1234567890.{region}.elb.amazonaws.com",
        hosted_zone_id=hosted_zone_id,
    )


page = cafe.MaintenancePage(
    "page",
    hostname=hostname,
    page_html="<!doctype html><title>Closed</title><p>We are back soon.</p>",
    tags=tags,
    opts=pulumi.ResourceOptions(providers=[ohio_aws]),
)

orders = cafe.BalancerFailover(
    "orders",
    hostname=hostname,
    zone_id="Z0123456789ABCDEFGHIJ",  # The hosted zone of example.com.
    ttl_seconds=60,
    # A zone's balancer: its web servers only.
    endpoint_probe=cafe.HttpProbeArgs(
        scheme=cafe.ProbeScheme.HTTP,
        path="/healthcheck",
        token="alive",
        interval_seconds=cafe.ProbeInterval.STANDARD,
        failure_threshold=3,
    ),
    # A region: with its database, which may take minutes to fail over.
    region_probe=cafe.HttpProbeArgs(
        scheme=cafe.ProbeScheme.HTTP,
        path="/health",
        token="ok",
        interval_seconds=cafe.ProbeInterval.STANDARD,
        failure_threshold=6,
    ),
    primary=cafe.BalancerRegionArgs(
        name="oregon",
        first=balancer("us-west-2a", "Z1H1FL5HABSF5"),
        second=balancer("us-west-2b", "Z1H1FL5HABSF5"),
    ),
    standby=cafe.BalancerRegionArgs(
        name="dublin",
        first=balancer("eu-west-1a", "Z32O12XQLNTSW2"),
        second=balancer("eu-west-1b", "Z32O12XQLNTSW2"),
    ),
    maintenance=cafe.MaintenanceTargetArgs(
        dns_name=page.dns_name, hosted_zone_id=page.hosted_zone_id
    ),
    tags=tags,
    opts=pulumi.ResourceOptions(providers=[oregon_aws]),
)

alerts = cafe.HealthCheckAlarms(
    "alerts",
    topic_name="own-endpoints-alerts",
    email="ops@example.com",
    primary=cafe.AlarmedRegionArgs(
        name="oregon",
        first_availability_zone="us-west-2a",
        second_availability_zone="us-west-2b",
        check_ids=orders.primary_check_ids,
    ),
    standby=cafe.AlarmedRegionArgs(
        name="dublin",
        first_availability_zone="eu-west-1a",
        second_availability_zone="eu-west-1b",
        check_ids=orders.standby_check_ids,
    ),
    runbook_url="https://example.com/runbook",
    tags=tags,
    opts=pulumi.ResourceOptions(providers=[virginia_aws]),
)

pulumi.export("topicArn", alerts.topic_arn)
