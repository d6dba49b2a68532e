import type { Assumptions } from "../routing/assumptions";
import { defaultAssumptions } from "../routing/assumptions";
import { Outages } from "../routing/graph/outages";
import type { Resource } from "../routing/graph/resource";
import { StackGraph } from "../routing/graph/stackGraph";
import { underOneType } from "../routing/graph/synonyms";
import { fieldOf, isList, valueOf } from "../routing/graph/values";
import { StackModel } from "../routing/graph/stackModel";
import type { HealthCheck, RecordSet } from "../routing/model";
import { Trees } from "../routing/trees";
import { Subject } from "./fields";
import type { Offender } from "./finding";

const stackType = "pulumi:pulumi:Stack";

/**
 * A stack as rules see it: its resources, and the model of its Route 53 records. Everything is
 * computed once and shared by the rules of a pack.
 */
export class Stack {
  private readonly subjectsByUrn = new Map<string, Subject>();
  private readonly types: ReadonlySet<string>;
  private ownGraph: StackGraph | undefined;
  private ownWorld: StackModel | undefined;
  private ownTrees: Trees | undefined;
  private ownOutages: Outages | undefined;

  constructor(private readonly resources: readonly Resource[]) {
    this.types = new Set(resources.map((resource) => underOneType(resource).type));
  }

  /** The resources and the references between them. */
  get graph(): StackGraph {
    // The model is built on demand, because a pack may not use DNS.
    this.ownGraph ??= this.ownWorld?.graph ?? new StackGraph(this.resources);
    return this.ownGraph;
  }

  get model(): StackModel {
    // A rule reports what Route 53 refuses of a check, and does not hide what others find.
    this.ownWorld ??= new StackModel(this.resources, this.assumptions(), { judgesRefused: true });
    return this.ownWorld;
  }

  get trees(): Trees {
    this.ownTrees ??= new Trees(this.model.route53, this.exportedTexts("hostnames"));
    return this.ownTrees;
  }

  get outages(): Outages {
    this.ownOutages ??= new Outages(this.model, this.trees);
    return this.ownOutages;
  }

  /** The stack's own assumptions for values that AWS does not publish. */
  private assumptions(): Assumptions {
    const promised = this.exportedNumber("assumptions", "propagationSeconds");
    return promised === undefined
      ? defaultAssumptions
      : { ...defaultAssumptions, propagationSeconds: promised };
  }

  /** A numeric field of a stack output. */
  exportedNumber(output: string, field: string): number | undefined {
    const root = this.resources.find(({ type }) => type === stackType);
    const value = fieldOf(root && valueOf(root, output), field);
    return typeof value === "number" ? value : undefined;
  }

  /** A stack output that is a list of strings. */
  private exportedTexts(output: string): readonly string[] {
    const root = this.resources.find(({ type }) => type === stackType);
    const value = root && valueOf(root, output);
    return isList(value) ? value.filter((one) => typeof one === "string") : [];
  }

  /** Whether the stack has a resource of one of the types; for an empty list, any AWS resource. */
  has(types: readonly string[]): boolean {
    return types.length === 0
      ? [...this.types].some((type) => type.startsWith("aws:"))
      : types.some((type) => this.types.has(type));
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

  /** The resource of a record or check in the model. */
  subjectOf({ id }: RecordSet | HealthCheck): Subject {
    const resource = this.graph.get(id);
    if (!resource) throw new Error(`${id}: the model contains a record that is not in the stack`);
    return this.subject(resource);
  }

  /** The resources that a property refers to. */
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

/** A record or check of the model as the subject of a finding. */
export function offenderOf({ id, label }: RecordSet | HealthCheck): Offender {
  return { urn: id, name: label };
}
