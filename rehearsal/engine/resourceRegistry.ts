/**
 * The resources of one evaluation: creates their URNs, computes their state after deployment (or at
 * a first preview), and collects faults. It does not know the Pulumi SDK; `OfflineMonitor` passes
 * it the program's registrations.
 */
import type { Properties, Resource } from "../../routing/graph/resource";
import { awsInvoke } from "./awsInvokes";
import { awsType } from "./awsOutputs";
import { Cloud } from "./cloud";
import { autoName, uuid } from "./identifiers";
import { MissingOutputs, subjectOf } from "./missingOutputs";
import { givenResult, referenceState } from "./lookups";
import type { GivenCall } from "./lookups";
import { outputTexts } from "./outputTexts";
import { packageOf, providerUrn } from "./references";
import { readProperties } from "./readProperties";
import { isMarked } from "./unknownAnswer";
import { callText, stackReferenceType, stackText, UnknownLookups } from "./unknownLookups";
import {
  hasUnknownWire,
  secretWire,
  wireForMessage,
  wireText,
  toProperties,
  unknownWire,
} from "./wire";
import type { Wire, WireProperties } from "./wire";

const stackType = "pulumi:pulumi:Stack";
const providerPrefix = "pulumi:providers:";

/** A registration by a program, or by an expanded component. */
export interface RegistrationRequest {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** URN of the parent; empty for the stack itself. */
  readonly parent: string;
  readonly inputs: WireProperties;
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly dependencies: readonly string[];
  /** Provider reference: the provider's URN, `::` and its id; empty for a default provider. */
  readonly provider: string;
  /** For components: provider references by package, for the children. */
  readonly providers: Readonly<Record<string, string>>;
  /** The id of an existing resource, read or imported. */
  readonly existingId?: string;
  /** Computed outputs that are secret. */
  readonly secretOutputs: readonly string[];
  /** Whether Pulumi refuses to delete it. Default false. */
  readonly protect?: boolean;
}

/** The result for the program. */
export interface RegisteredResource {
  readonly urn: string;
  /** Absent for components; the unknown marker before deployment. */
  readonly id?: string;
  /** Inputs and computed outputs. Absent values are unknown. */
  readonly state: WireProperties;
}

/** A call of a function such as `aws:ssm/getParameter:getParameter`. */
export interface Call {
  readonly token: string;
  /** The region of its provider. */
  readonly region: string;
  readonly args: Properties;
}

/** An existing resource: its id and computed outputs. */
interface Made {
  readonly id: string;
  readonly outputs: WireProperties;
  /** Values that the provider reads back instead of the inputs. */
  readonly readBack?: WireProperties;
}

interface Entry {
  readonly resource: Resource;
  readonly inputs: WireProperties;
  readonly outputs: WireProperties;
  /** For components: the providers of their children, by package. */
  readonly providers: Readonly<Record<string, string>>;
}

export interface RegistryOptions {
  readonly project: string;
  readonly stack: string;
  readonly preview: boolean;
  readonly disabledDefaultProviders: readonly string[];
  /** The settings of the stack by full key; those of a package configure its default provider. Default: none. */
  readonly config?: Readonly<Record<string, string>>;
  /** Whether what the tables lack is unknown, and listed in `gaps`, instead of a fault. Default: false. */
  readonly allowsGaps?: boolean;
  /** Outputs of other stacks, by their names in the program. Default: none. */
  readonly stackOutputs?: Readonly<Record<string, WireProperties>>;
  /** Results of calls that the tables need not have. Default: none. */
  readonly givenCalls?: readonly GivenCall[];
}

export class ResourceRegistry {
  readonly faults: string[] = [];
  /** Those of them that a preview of the engine would have as well. */
  readonly ownFaults = new Set<string>();
  /** What is not known offline, by resource and path, or by call. */
  readonly gaps: string[] = [];
  readonly lookups: UnknownLookups;
  /** The program's function calls, in order. */
  readonly calls: Call[] = [];
  readonly #entries = new Map<string, Entry>();
  readonly #cloud = new Cloud();
  #default: RegisteredResource | undefined;
  readonly #missing: MissingOutputs;

  constructor(readonly options: RegistryOptions) {
    this.#missing = new MissingOutputs(options.allowsGaps ? undefined : this.faults, this.gaps);
    this.lookups = new UnknownLookups(options, this.faults, this.gaps, this.#missing);
  }

  get resources(): Resource[] {
    return [...this.#entries.values()].map(({ resource }) => resource);
  }

  get stackOutputs(): Resource["outputs"] {
    return this.resources.find(({ type }) => type === stackType)?.outputs ?? {};
  }

  register(request: RegistrationRequest): RegisteredResource {
    const { type, name, custom, parent, propertyDependencies, dependencies } = request;
    const urn = this.#urn(request);
    if (this.#entries.has(urn)) {
      this.#addOwnFault(`${urn}: registered twice; rename one of the two`);
    }
    if (isMarked(name)) {
      this.faults.push(
        `${type}: the name of a resource is made of what is not known offline; give that in ${this.lookups.file}`,
      );
    }
    for (const path of outputTexts(request.inputs, "inputs")) {
      this.#addOwnFault(
        `${subjectOf(request)}: ${path} contains the text of an Output in place of its value; ` +
          "use pulumi.interpolate or pulumi.jsonStringify",
      );
    }
    const inputs = checkedInputs(request, urn);
    const provider = this.#provider(request, urn);
    const region = custom ? (wireText(inputs["region"]) ?? this.regionOf(provider)) : undefined;
    const { id, outputs } = custom
      ? this.#create({ ...request, inputs, provider }, urn, region ?? "")
      : { id: undefined, outputs: inputs };
    const resource: Resource = {
      urn,
      type,
      name,
      custom,
      ...(id === undefined || id === unknownWire ? {} : { id }),
      ...readProperties(this.options.stack, inputs, custom ? outputs : {}),
      ...(parent === "" ? {} : { parent }),
      ...(provider === "" ? {} : { provider: providerUrn(provider) }),
      ...(region === undefined ? {} : { region }),
      propertyDependencies,
      dependencies,
      ...(request.protect === true ? { protect: true } : {}),
    };
    if (!this.options.preview) this.#missing.checkInputs(resource);
    const providers = custom
      ? {}
      : { ...this.#entries.get(parent)?.providers, ...request.providers };
    this.#entries.set(urn, { resource, inputs, outputs, providers });
    return { urn, ...(id === undefined ? {} : { id }), state: outputs };
  }

  /** The outputs of a component, or the stack, once its children exist. */
  setOutputs(urn: string, outputs: WireProperties): void {
    const entry = this.#entries.get(urn);
    if (entry === undefined) return;
    const unknown = { ...entry.resource.unknown };
    const resource = {
      ...entry.resource,
      outputs: toProperties(outputs, "outputs", unknown),
      unknown,
    };
    this.#entries.set(urn, { ...entry, outputs, resource });
    if (!this.options.preview) this.#missing.checkOutputs(resource, outputs);
  }

  /** A resource's state, for a reference to it; undefined for an unknown URN. */
  state(urn: string): { id: string; state: WireProperties } | undefined {
    const entry = this.#entries.get(urn);
    if (entry === undefined) return undefined;
    return { id: entry.resource.id ?? "", state: entry.outputs };
  }

  /** The provider that a component gives its children for a package; empty if it has none. */
  providerFor(component: string, packageName: string): string {
    return this.#entries.get(component)?.providers[packageName] ?? "";
  }

  /** The region of a provider reference; undefined if it has none or it is unknown. */
  regionOf(provider: string): string | undefined {
    return wireText(this.#providerInputs(provider)?.["region"]);
  }

  #addOwnFault(fault: string): void {
    this.faults.push(fault);
    this.ownFaults.add(fault);
  }

  /** AWS's answer to a call; undefined if it is unknown. */
  invoke(token: string, args: WireProperties, provided: string): WireProperties | undefined {
    const given = givenResult(this.options.givenCalls ?? [], token, args);
    // What is asked with an unknown argument is unknown, and that argument is one of the gaps.
    if (hasUnknownWire(args)) return given;
    const provider = this.#providerOrDefault(packageOf(token), provided);
    this.checkProvider(token, packageOf(token), provider);
    const region = this.regionOf(provider) ?? "";
    this.calls.push({ token, region, args: toProperties(args, "args", {}) });
    const result = given ?? awsInvoke(token)?.(args, region, this.#cloud.find);
    if (result !== undefined) return result;
    this.lookups.lack(
      callText(token, args),
      `${token}: this call has no answer offline, got ${wireForMessage(args)}; ` +
        "add a row for it to rehearsal/engine/awsInvokes.ts",
    );
    return undefined;
  }

  /** Records what the tables lack: a gap where these are allowed, else a fault. */
  lack(subject: string, fault: string): void {
    if (this.options.allowsGaps === true) this.gaps.push(subject);
    else this.faults.push(`${subject}: ${fault}`);
  }

  /** Records that what a resource has is unknown. */
  taint(urn: string): void {
    this.#missing.taint(urn);
  }

  /** Records the use of a default provider if that is forbidden. */
  checkProvider(subject: string, packageName: string, provider: string): void {
    if (provider !== "" || packageName === "pulumi") return;
    const isDisabled = this.#isDisabled(packageName);
    if (packageName !== "aws" && !isDisabled) return;
    const why = isDisabled
      ? "which pulumi:disable-default-providers forbids; pass a provider, or a parent that has one"
      : "whose region is unknown, because the stack sets no aws:region; pulumi config set aws:region REGION, or pass a provider";
    this.faults.push(`${subject}: uses the default ${packageName} provider, ${why}`);
  }

  /** The URN as the engine builds it: the parent's chain of types, without the stack's. */
  #urn({ type, name, parent }: RegistrationRequest): string {
    const { stack, project } = this.options;
    const parentType = parent.split("::")[2] ?? "";
    const prefix = parentType === "" || parentType === stackType ? "" : `${parentType}$`;
    return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}`;
  }

  /**
   * The provider reference of a request, empty for a component. A forbidden default provider is a
   * fault.
   */
  #provider(request: RegistrationRequest, urn: string): string {
    if (!request.custom) return "";
    const packageName = packageOf(request.type);
    const before = this.faults.length;
    const provider = this.#providerOrDefault(packageName, request.provider);
    this.checkProvider(subjectOf(request), packageName, provider);
    if (this.faults.length > before) this.#missing.taint(urn);
    return provider;
  }

  /** The default provider of AWS, which the engine makes of the stack's settings when it is first used. */
  #providerOrDefault(packageName: string, given: string): string {
    if (given !== "" || packageName !== "aws") return given;
    const inputs = settingsOf(packageName, this.options.config ?? {});
    if (inputs["region"] === undefined || this.#isDisabled(packageName)) return given;
    this.#default ??= this.register({
      ...{ type: `${providerPrefix}aws`, name: "default", custom: true, parent: "", inputs },
      ...{ propertyDependencies: {}, dependencies: [], provider: "", providers: {} },
      secretOutputs: [],
    });
    return `${this.#default.urn}::${this.#default.id ?? ""}`;
  }

  #isDisabled(packageName: string): boolean {
    const disabled = this.options.disabledDefaultProviders;
    return disabled.includes(packageName) || disabled.includes("*");
  }

  #providerInputs(reference: string): WireProperties | undefined {
    return this.#entries.get(providerUrn(reference))?.inputs;
  }

  /** The id and all outputs. Before deployment computed outputs are unknown. */
  #create(
    request: RegistrationRequest,
    urn: string,
    region: string,
  ): { id: string; outputs: WireProperties } {
    const { type, inputs, existingId, secretOutputs } = request;
    if (existingId === unknownWire) {
      this.#missing.taint(urn);
      return { id: unknownWire, outputs: inputs };
    }
    const deployed = existingId !== undefined || !this.options.preview;
    const made = this.#made(request, urn, region);
    if (type === `${providerPrefix}aws`) this.#checkProviderRegion(request);
    if (made === undefined) {
      this.#missing.taint(urn);
      this.lack(
        subjectOf(request),
        "this type is not known offline; add a row for it to rehearsal/engine/awsOutputs.ts",
      );
    }
    const computed = Object.entries(made?.outputs ?? {}).map(([key, output]): [string, Wire] => {
      const value = deployed ? output : unknownWire;
      return [key, secretOutputs.includes(key) ? secretWire(value) : value];
    });
    const id = existingId ?? made?.id ?? uuid(urn);
    return {
      id: deployed ? id : unknownWire,
      outputs: {
        ...Object.fromEntries(computed),
        ...inputs,
        ...(deployed ? (made?.readBack ?? {}) : {}),
      },
    };
  }

  /** The existing resource; undefined for an unsupported type. */
  #made(request: RegistrationRequest, urn: string, region: string): Made | undefined {
    const { type } = request;
    if (type.startsWith(providerPrefix)) return { id: uuid(urn), outputs: {} };
    if (type === stackReferenceType) return this.#otherStack(request, urn);
    const provider = this.#providerInputs(request.provider) ?? {};
    return this.#cloud.create({ ...request, urn, region, provider });
  }

  #otherStack(request: RegistrationRequest, urn: string): Made {
    const name = request.existingId ?? request.name;
    const outputs = this.options.stackOutputs?.[name];
    if (outputs === undefined) {
      this.#missing.taint(urn);
      this.lookups.lack(
        stackText(name),
        `${subjectOf(request)}: the outputs of stack ${name} are not known offline; give them in ${this.lookups.file}`,
      );
    }
    const unknown = { outputs: unknownWire, secretOutputNames: [] };
    return { id: name, outputs: outputs ? referenceState(outputs) : unknown };
  }

  #checkProviderRegion(request: RegistrationRequest): void {
    if (request.inputs["region"] !== undefined) return;
    this.faults.push(
      `${subjectOf(request)}: has no region, and the environment's is ignored; set one`,
    );
  }
}

/** The inputs after the provider's check: with a name if it generates one. */
function checkedInputs({ type, name, inputs }: RegistrationRequest, urn: string): WireProperties {
  const property = awsType(type)?.autoName;
  if (property === undefined || inputs[property] !== undefined) return inputs;
  return { ...inputs, [property]: autoName(name, urn) };
}

/** The settings of a package, such as `aws:region`, as inputs of its provider. */
function settingsOf(packageName: string, config: Readonly<Record<string, string>>): WireProperties {
  const prefix = `${packageName}:`;
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}
