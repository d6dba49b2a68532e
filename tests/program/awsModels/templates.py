"""Templates of CloudFormation, by cfn-lint."""

import json

from cfnlint.config import ConfigMixIn
from cfnlint.core import get_rules
from cfnlint.decode.decode import decode_str
from cfnlint.runner import run_template_by_data

_rules = get_rules([], [], ["E", "W"])


def template_faults(subject):
    """Yields (where, rule, path, message)."""
    template, errors = decode_str(json.dumps({"Resources": subject["resources"]}))
    config = ConfigMixIn(regions=[subject["region"]])
    for match in list(errors) or run_template_by_data(template, config, _rules):
        path = [str(part) for part in match.path or []]
        where = subject["names"].get(path[1]) if len(path) > 1 else None
        yield where or subject["at"], match.rule.id, ".".join(path[3:]), match.message
