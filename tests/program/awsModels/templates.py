"""Templates of CloudFormation, by cfn-lint.

It makes a class of a validator for each property anew, and asks for the fields of such classes a million
times: a third of its time. Here equal validators share a class.
"""

import dataclasses
import functools
import json

import cfnlint.context.context
import cfnlint.jsonschema._filter
import cfnlint.jsonschema.validators
from cfnlint.config import ConfigMixIn
from cfnlint.core import get_rules
from cfnlint.decode.decode import decode_str
from cfnlint.runner import run_template_by_data

_create = cfnlint.jsonschema.validators.create
_classes = {}


def _create_once(validators=None, function_filter=None, fn_resolvers=None):
    key = (
        frozenset((validators or {}).items()),
        None if function_filter is None else repr(function_filter),
        frozenset((fn_resolvers or {}).items()),
    )
    if key not in _classes:
        _classes[key] = _create(validators, function_filter, fn_resolvers)
    return _classes[key]


_fields = functools.cache(dataclasses.fields)
for _module in (
    cfnlint.context.context,
    cfnlint.jsonschema._filter,
    cfnlint.jsonschema.validators,
):
    _module.fields = _fields
cfnlint.jsonschema.validators.create = _create_once
_rules = get_rules([], [], ["E", "W"])


def template_faults(subject):
    """Yields (where, rule, path, message)."""
    template, errors = decode_str(json.dumps({"Resources": subject["resources"]}))
    config = ConfigMixIn(regions=[subject["region"]])
    for match in list(errors) or run_template_by_data(template, config, _rules):
        path = [str(part) for part in match.path or []]
        where = subject["names"].get(path[1]) if len(path) > 1 else None
        yield where or subject["at"], match.rule.id, ".".join(path[3:]), match.message
