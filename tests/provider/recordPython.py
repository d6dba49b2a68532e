"""Runs a Python program with a Pulumi that only records, and prints its resources as JSON.

Arguments: the program, and the schema of the package pulumi_cafe_failover. The package has the names
that Pulumi's generator gives: snake case for properties, `Args` after nested types, upper case for
members of enums. A reference to an output is the string `${resource.output}`.
"""

import json
import re
import runpy
import sys
import types

program, schema_file = sys.argv[1:]
with open(schema_file, encoding="utf8") as file:
    schema = json.load(file)
resources = {}


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def camel(names, given, where):
    """The properties by their names in the schema; an unknown or missing one is an error."""
    known = {snake(name): name for name in names}
    unknown = set(given) - set(known)
    if unknown:
        raise TypeError(f"{where}: got {sorted(unknown)}, must be of {sorted(known)}")
    missing = {n for n, p in names.items() if not p.get("optional")} - {known[n] for n in given}
    if missing:
        raise TypeError(f"{where}: must have {sorted(missing)}")
    return {known[name]: value for name, value in given.items()}


def nested(name, definition):
    def make(**given):
        return camel(definition["properties"], given, name)

    return make


def enum(definition):
    members = {snake(m["name"]).upper(): m["value"] for m in definition["enum"]}
    return types.SimpleNamespace(**members)


def record(type_, name, properties, outputs, opts=None):
    options = {} if opts is None else {"options": {"providers": opts.providers}}
    resources[name] = {"type": type_, "properties": properties, **options}
    reference = types.SimpleNamespace(**{snake(o): f"${{{name}.{o}}}" for o in outputs})
    reference.itself = f"${{{name}}}"
    return reference


def component(type_, definition):
    def make(name, opts=None, **given):
        properties = camel(definition["inputProperties"], given, type_)
        return record(type_, name, properties, definition["properties"], opts)

    return make


def module(name, **members):
    made = types.ModuleType(name)
    made.__dict__.update(members)
    sys.modules[name] = made


def resource_options(providers):
    return types.SimpleNamespace(providers=[each.itself for each in providers])


def provider(name, **properties):
    return record("pulumi:providers:aws", name, properties, [])


module("pulumi", ResourceOptions=resource_options, export=lambda name, value: None)
module("pulumi_aws", Provider=provider)
module(
    "pulumi_cafe_failover",
    **{
        token.split(":")[2] + ("" if "enum" in each else "Args"): enum(each)
        if "enum" in each
        else nested(token, each)
        for token, each in schema["types"].items()
    },
    **{
        token.split(":")[2]: component(token.replace(":index:", ":"), each)
        for token, each in schema["resources"].items()
    },
)
runpy.run_path(program, run_name="__main__")
print(json.dumps(resources))
