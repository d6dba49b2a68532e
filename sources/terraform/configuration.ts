import type { Value } from "../../routing/graph/resource";
import { isList, isObject } from "../../routing/graph/values";
import { itemsOf, memberOf, textIn, textOr } from "../fields";

/** The path of a module: the names of the calls from the root to it. */
type ModulePath = readonly string[];

/** A resource in the configuration, before `count` or `for_each` multiplies it. */
interface Written {
  readonly at: ModulePath;
  readonly resource: Value;
}

/** The references in a plan's configuration, followed through variables and outputs of modules. */
export class Configuration {
  private readonly written = new Map<string, Written>();

  /** @param plan the output of `terraform show -json` for a plan */
  constructor(private readonly plan: Value) {
    this.collect([], this.moduleAt([]));
  }

  private collect(at: ModulePath, module: Value | undefined): void {
    for (const resource of itemsOf(module, "resources")) {
      const address = textIn(resource, "address");
      if (address !== undefined) this.written.set(addressIn(at, address), { at, resource });
    }
    const calls = memberOf(module, "module_calls");
    for (const name of Object.keys(isObject(calls) ? calls : {})) {
      this.collect([...at, name], this.moduleAt([...at, name]));
    }
  }

  private callOf(at: ModulePath): Value | undefined {
    const calls = memberOf(this.moduleAt(at.slice(0, -1)), "module_calls");
    return memberOf(calls, at.at(-1) ?? "");
  }

  private moduleAt(at: ModulePath): Value | undefined {
    return at.length === 0
      ? memberOf(memberOf(this.plan, "configuration"), "root_module")
      : memberOf(this.callOf(at), "module");
  }

  /** The addresses that an argument of a resource refers to, without keys or with a literal one. */
  references(address: string, argument: string): readonly string[] {
    const written = this.written.get(address);
    if (!written) return [];
    const expression = memberOf(memberOf(written.resource, "expressions"), argument);
    return this.followed(expression, written, new Set());
  }

  /** Whether an argument of a resource is written; undefined if the resource is not in the configuration. */
  isWritten(address: string, argument: string): boolean | undefined {
    const written = this.written.get(address);
    return written && memberOf(memberOf(written.resource, "expressions"), argument) !== undefined;
  }

  private followed(
    expression: Value | undefined,
    written: Written,
    seen: Set<string>,
  ): readonly string[] {
    const found = referencesIn(expression).flatMap((reference) => {
      const key = `${written.at.join(".")} ${reference}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return this.targetsOf(reference, written, seen);
    });
    // A reference to `aws_eip.web["a"]` also lists `aws_eip.web`.
    return [...new Set(found)].filter((one) => !found.some((other) => other.startsWith(`${one}[`)));
  }

  private targetsOf(reference: string, written: Written, seen: Set<string>): readonly string[] {
    const { at } = written;
    const [, resource] = /^((?:data\.)?[a-z]\w*\.[\w-]+(?:\[[^\]]+\])?)/.exec(reference) ?? [];
    const [first = "", name = "", output = ""] = reference.replace(/\[[^\]]*\]/g, "").split(".");
    switch (first) {
      case "var":
        return this.followed(
          memberOf(memberOf(this.callOf(at), "expressions"), name),
          { ...written, at: at.slice(0, -1) },
          seen,
        );
      case "module": {
        const outputs = memberOf(this.moduleAt([...at, name]), "outputs");
        const expression = memberOf(memberOf(outputs, output), "expression");
        return this.followed(expression, { ...written, at: [...at, name] }, seen);
      }
      case "each":
        return this.followed(memberOf(written.resource, "for_each_expression"), written, seen);
      default:
        return resource === undefined ? [] : [addressIn(at, resource)];
    }
  }

  /** The region in the configuration of a resource's provider, where it is known. */
  regionOf(address: string): string | undefined {
    const written = this.written.get(address);
    const key = textOr(written?.resource, "provider_config_key", "");
    const providers = memberOf(memberOf(this.plan, "configuration"), "provider_config");
    const region = memberOf(memberOf(memberOf(providers, key), "expressions"), "region");
    const [variable = ""] = referencesIn(region);
    const variables = memberOf(this.plan, "variables");
    return (
      textIn(region, "constant_value") ??
      textIn(memberOf(variables, variable.replace(/^var\./, "")), "value")
    );
  }
}

/** All references below an expression, in any blocks. */
function referencesIn(expression: Value | undefined): readonly string[] {
  if (isList(expression)) return expression.flatMap(referencesIn);
  if (!isObject(expression)) return [];
  return Object.entries(expression).flatMap(([name, value]) =>
    name === "references" && isList(value)
      ? value.filter((one) => typeof one === "string")
      : referencesIn(value),
  );
}

function addressIn(at: ModulePath, address: string): string {
  return [...at.map((name) => `module.${name}`), address].join(".");
}
