"""Checks answers against botocore's models: one JSON object per line with service, operation and output."""

import json
import sys

import botocore.session

SERVICES = {"quotas": "service-quotas"}


def faults(value, shape, path):
    kind = shape.type_name
    if kind == "structure":
        if not isinstance(value, dict):
            yield f"{path}: is no structure"
            return
        for key, each in value.items():
            if key not in shape.members:
                yield f"{path}.{key}: is no member"
            else:
                yield from faults(each, shape.members[key], f"{path}.{key}")
    elif kind == "list":
        for index, each in enumerate(value):
            yield from faults(each, shape.member, f"{path}[{index}]")
    elif kind == "map":
        for key, each in value.items():
            yield from faults(each, shape.value, f"{path}.{key}")
    elif kind == "string":
        if not isinstance(value, str):
            yield f"{path}: is no string"
        elif shape.enum and value not in shape.enum:
            yield f"{path}: is none of {', '.join(shape.enum)}"
    elif kind == "boolean":
        if not isinstance(value, bool):
            yield f"{path}: is no boolean"
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        yield f"{path}: is no number"


def main():
    session = botocore.session.get_session()
    for line in sys.stdin:
        one = json.loads(line)
        service = SERVICES.get(one["service"], one["service"])
        model = session.get_service_model(service)
        by_name = {name.lower(): name for name in model.operation_names}
        operation = model.operation_model(by_name[one["operation"].lower()])
        for fault in faults(one["output"], operation.output_shape, operation.name):
            print(fault)


main()
