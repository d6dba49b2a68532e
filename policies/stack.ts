import { defaultAssumptions } from "../routing/assumptions";
import { Outages } from "../routing/graph/outages";
import type { Resource } from "../routing/graph/resource";
import { fieldOf, valueOf } from "../routing/graph/stackGraph";
import type { StackGraph } from "../routing/graph/stackGraph";
import { World } from "../routing/graph/world";
import type { HealthCheck, RecordSet } from "../routing/model";
import { Trees } from "../routing/trees";
import { Subject } from "./fields";
import type { Guilty } from "./finding";

const stackType = "pulumi:pulumi:Stack";

/**
 * A stack as rules see it: its resources, and the model of its Route 53 records. All of it is worked
 * out once and shared by the rules of a pack.
 */
export class Stack {
  readonly world: World;
  readonly trees: Trees;
  readonly outages: Outages;
  private readonly subjectsByUrn = new Map<string, Subject>();

  constructor(resources: readonly Resource[]) {
    const root = resources.find(({ type }) => type === stackType);
    const promised = fieldOf(root && valueOf(root, "assumptions"), "propagationSeconds");
    this.world = new World(
      resources,
      typeof promised === "number"
        ? { ...defaultAssumptions, propagationSeconds: promised }
        : defaultAssumptions,
    );
    this.trees = new Trees(this.world.route53);
    this.outages = new Outages(this.world, this.trees);
  }

  get graph(): StackGraph {
    return this.world.graph;
  }

  /** What the stack exports under a name, where it is a number. */
  exportedNumber(output: string, field: string): number | undefined {
    const [root] = this.graph.ofType(stackType);
    const value = fieldOf(root && valueOf(root, output), field);
    return typeof value === "number" ? value : undefined;
  }

  /** Whether there is a resource of one of the types; of none: any resource of AWS. */
  has(types: readonly string[]): boolean {
    if (types.length === 0) return this.graph.resources.some(({ type }) => type.startsWith("aws:"));
    return types.some((type) => this.graph.ofType(type).length > 0);
  }

  subjects(...types: readonly string[]): readonly Subject[] {
    return this.graph.ofType(...types).map((resource) => this.subject(resource));
  }

  subject(resource: Resource): Subject {
    let subject = this.subjectsByUrn.get(resource.urn);
    if (!subject) {
      subject = new Subject(resource);
      this.subjectsByUrn.set(resource.urn, subject);
    }
    return subject;
  }

  /** The resource that a record or check of the model is. */
  subjectOf({ id }: RecordSet | HealthCheck): Subject {
    const resource = this.graph.get(id);
    if (!resource) throw new Error(`${id}: the model has a record that the stack has not`);
    return this.subject(resource);
  }

  /** The resources that a property refers to, as rules read them. */
  follow(from: Subject, property: string, ...types: readonly string[]): readonly Subject[] {
    return this.graph
      .follow(from.resource, property, types)
      .map((resource) => this.subject(resource));
  }

  /** The resources of a type whose property refers to this one. */
  referringTo(to: Subject, type: string, property: string): readonly Subject[] {
    return this.graph
      .referringTo(to.resource, type, property)
      .map((resource) => this.subject(resource));
  }
}

/** A record or check of the model as what a finding is about. */
export function guiltyOf({ id, label }: RecordSet | HealthCheck): Guilty {
  return { urn: id, name: label };
}
