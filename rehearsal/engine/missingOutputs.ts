/**
 * After a deployment every value is known. An unknown value then is an output that the program uses
 * and that the tables lack: this finds those, and reports each once.
 */
import type { Resource } from "../../routing/graph/resource";
import { isWireObject, wireText } from "./wire";
import type { Wire, WireProperties } from "./wire";

export class MissingOutputs {
  /** Resources with a fault of their own: their dependents are not reported as well. */
  readonly #tainted = new Set<string>();
  readonly #subjects = new Map<string, string>();
  #hasUnknownLookup = false;

  /**
   * @param faults receives each as a fault; without it each is one of the gaps
   * @param gaps receives each that is no fault
   */
  constructor(
    readonly faults: string[] | undefined,
    readonly gaps: string[],
  ) {}

  /** Records that a resource has a fault, so that its outputs may be wrong. */
  taint(urn: string): void {
    this.#tainted.add(urn);
  }

  /** Records that a look-up has an unknown result: a value that comes of no resource may come of that. */
  noteLookup(): void {
    this.#hasUnknownLookup = true;
  }

  checkInputs(resource: Resource): void {
    this.#subjects.set(resource.urn, subjectOf(resource));
    for (const path of unknownPaths(resource, "inputs")) {
      const property = Object.keys(resource.inputs).find((key) => isPathOf(path, "inputs", key));
      const sources = resource.propertyDependencies[property ?? ""] ?? [];
      const isTold =
        sources.some((urn) => this.#tainted.has(urn)) ||
        (sources.length === 0 && this.#hasUnknownLookup);
      this.#tainted.add(resource.urn);
      if (!isTold) this.#report(resource, path, sources);
    }
  }

  /** Outputs of a component or the stack, whose origin is not recorded. */
  checkOutputs(resource: Resource, outputs: WireProperties): void {
    if (this.#tainted.size > 0 || this.#hasUnknownLookup) return;
    const resources = exportedResources(outputs, "outputs");
    for (const path of unknownPaths(resource, "outputs")) {
      if (!resources.some((prefix) => path.startsWith(prefix))) this.#report(resource, path, []);
    }
  }

  #report(resource: Resource, path: string, sources: readonly string[]): void {
    if (!this.faults) {
      this.gaps.push(`${subjectOf(resource)}: ${path}`);
      return;
    }
    const origin = sources.map((urn) => this.#subjects.get(urn) ?? urn).join(", ");
    this.faults.push(
      `${subjectOf(resource)}: ${path} is not known after deployment` +
        (origin === "" ? "" : `, it comes from ${origin}`) +
        "; add the missing output to the row of its type in rehearsal/engine/awsOutputs.ts",
    );
  }
}

/** The name of a resource in messages. */
export function subjectOf({ type, name }: { type: string; name: string }): string {
  return `${type} ${name}`;
}

function unknownPaths({ unknown }: Resource, part: "inputs" | "outputs"): string[] {
  return Object.entries(unknown)
    .filter(([path, reason]) => reason === "computed" && isPathOf(path, part))
    .map(([path]) => path);
}

/** Whether a path is that of a part, or of one of its properties. */
function isPathOf(path: string, part: string, property?: string): boolean {
  const prefix = property === undefined ? part : `${part}.${property}`;
  return path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`);
}

/** Paths of whole resources among the outputs: their unset properties are no fault. */
function exportedResources(value: Wire, path: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => exportedResources(item, `${path}[${index}]`));
  }
  if (!isWireObject(value)) return [];
  if (wireText(value["urn"])?.startsWith("urn:pulumi:") === true) return [`${path}.`];
  return Object.entries(value).flatMap(([key, item]) => exportedResources(item, `${path}.${key}`));
}
