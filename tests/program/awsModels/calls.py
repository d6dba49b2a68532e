"""Arguments of calls, by the service models of botocore.

botocore checks names, types, required members and minimum lengths before it sends a call. Its models
also have values, maximum lengths and patterns, which it leaves to AWS: those are checked here, and
the documented lengths that its models lack.
"""

import functools

import botocore.loaders
import botocore.model
import botocore.validate
import regex

_loader = botocore.loaders.Loader()
_validator = botocore.validate.ParamValidator()

# Maximum numbers of characters, from the page of each call in AWS's API reference.
DOCUMENTED = {
    "ec2.CreateLaunchTemplate LaunchTemplateName": 128,
    "ec2.CreateSecurityGroup Description": 255,
    "ec2.CreateSecurityGroup GroupName": 255,
    "elasticache.CreateCacheSubnetGroup CacheSubnetGroupName": 255,
    "elasticache.CreateReplicationGroup ReplicationGroupId": 40,
    "elbv2.CreateLoadBalancer Name": 32,
    "elbv2.CreateTargetGroup Name": 32,
    "rds.CreateDBInstance DBInstanceIdentifier": 63,
    "rds.CreateDBInstance MasterUsername": 32,
    "rds.CreateDBParameterGroup DBParameterGroupName": 255,
    "rds.CreateDBSubnetGroup DBSubnetGroupName": 255,
    "rds.DeleteDBInstance FinalDBSnapshotIdentifier": 255,
    "s3.CreateBucket Bucket": 63,
    "sns.CreateTopic Attributes.DisplayName": 100,
    "sns.CreateTopic Name": 256,
}


@functools.cache
def _service(name):
    return botocore.model.ServiceModel(_loader.load_service_model(name, "service-2"), name)


@functools.cache
def _pattern(text):
    """The expression of a model; None for one that only Java supports."""
    try:
        return regex.compile(text)
    except regex.error:
        return None


def call_faults(subject):
    """Yields (where, rule, path, message)."""
    service, operation = subject["service"], subject["operation"]
    shape = _service(service).operation_model(operation).input_shape
    named = f"{service}.{operation}"
    report = _validator.validate(subject["parameters"], shape)
    for rule, path, details in report._errors:
        yield subject["at"], rule, f"{named} {path.lstrip('.')}".strip(), report._format_error(
            (rule, path, details)
        )
    for rule, path, message in _value_faults(shape, subject["parameters"], ""):
        yield subject["at"], rule, f"{named} {path}", message
    for path, value in _texts(subject["parameters"], named + " "):
        most = DOCUMENTED.get(path)
        if most is not None and len(value) > most:
            yield subject["at"], "documented-max", path, f"{len(value)} is more than {most}"


def _texts(value, path):
    """Path and value of each text outside lists."""
    for name, item in value.items():
        if isinstance(item, str):
            yield path + name, item
        elif isinstance(item, dict):
            yield from _texts(item, f"{path}{name}.")


def _value_faults(shape, value, path):
    if shape.type_name == "structure" and isinstance(value, dict):
        for name, item in value.items():
            if name in shape.members:
                yield from _value_faults(shape.members[name], item, f"{path}.{name}".lstrip("."))
    elif shape.type_name == "list" and isinstance(value, list):
        yield from _bound_faults(shape, len(value), path)
        for index, item in enumerate(value):
            yield from _value_faults(shape.member, item, f"{path}[{index}]")
    elif shape.type_name == "map" and isinstance(value, dict):
        yield from _bound_faults(shape, len(value), path)
        for name, item in value.items():
            yield from _value_faults(shape.key, name, f"{path} key")
            yield from _value_faults(shape.value, item, f"{path}.{name}")
    elif shape.type_name == "string" and isinstance(value, str):
        yield from _text_faults(shape, value, path)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield from _bound_faults(shape, value, path)


def _text_faults(shape, value, path):
    yield from _bound_faults(shape, len(value), path)
    if shape.enum and value not in shape.enum:
        yield "enum", path, f"{value} is not one of {', '.join(shape.enum)}"
    pattern = _pattern(shape.metadata["pattern"]) if "pattern" in shape.metadata else None
    if pattern and not pattern.fullmatch(value):
        yield "pattern", path, f"{value} does not match {pattern.pattern}"


def _bound_faults(shape, size, path):
    """The maximum, which botocore leaves to AWS."""
    most = shape.metadata.get("max")
    if most is not None and size > most:
        yield "max", path, f"{size} is more than {most}"
