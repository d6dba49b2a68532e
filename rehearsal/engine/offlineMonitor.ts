/**
 * Takes the place of the Pulumi engine: the SDK sends it the program's registrations and calls. It
 * answers in the SDK's wire format, with objects that have the getters which the SDK reads (as the
 * SDK does itself for tests). It answers every request, even one with a fault: a rejected
 * registration would leave unsettled promises, and hide later faults.
 */
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { expandVpc } from "./awsxVpc";
import type { Child, VpcChild } from "./awsxVpc";
import { awsxVpcType } from "./awsxVpcPlan";
import { InputError } from "../../routing/inputError";
import { packageOf } from "./references";
import { subjectOf } from "./missingOutputs";
import type { ResourceRegistry, RegisteredResource, RegistrationRequest } from "./resourceRegistry";
import { fromMap, mapValues, reading, registration } from "./sdkMessages";
import type {
  Callback,
  InvokeRequest,
  OutputsRequest,
  ReadRequest,
  RegisterRequest,
} from "./sdkMessages";
import {
  partlyKnownResult,
  propertiesWithUnknownTexts,
  unknownResult,
  withUnknownTexts,
} from "./unknownAnswer";
import { callText } from "./unknownLookups";
import type { CallResult } from "./sdkAnswers";
import type { Struct } from "./sdkMessages";
import { wireText, unknownWire } from "./wire";
import type { WireProperties } from "./wire";

/** The status code of gRPC for a method that a server does not have. */
const unimplemented = 12;

export class OfflineMonitor extends MockMonitor {
  /** Counts requests, so that the evaluation sees whether there is still activity. */
  requests = 0;

  constructor(
    readonly registry: ResourceRegistry,
    /** Receives an error of the evaluation itself. */
    readonly onError: (error: unknown) => void,
  ) {
    const unused = (): never => {
      throw new Error("the offline monitor has no mocks");
    };
    super({ call: unused, newResource: unused });
  }

  override registerResource(req: RegisterRequest, callback: Callback): Promise<void> {
    return this.#answer(callback, () => {
      const importId = req.getImportid();
      const request: RegistrationRequest = {
        type: req.getType(),
        name: req.getName(),
        custom: req.getCustom(),
        parent: req.getParent(),
        inputs: propertiesOf(req.getObject()),
        provider: req.getProvider(),
        providers: fromMap(req.getProvidersMap()),
        dependencies: req.getDependenciesList(),
        propertyDependencies: mapValues(fromMap(req.getPropertydependenciesMap()), (list) =>
          list.getUrnsList(),
        ),
        secretOutputs: req.getAdditionalsecretoutputsList(),
        ...(importId === "" ? {} : { existingId: wireId(importId) }),
        ...(req.getProtect() === true ? { protect: true } : {}),
      };
      if (req.getRemote()) return this.#registerRemote(request);
      const { urn, id, state } = this.registry.register(request);
      return registration(urn, id === unknownWire ? undefined : id, state, {});
    });
  }

  /** A resource outside the stack: known even before deployment. */
  override readResource(req: ReadRequest, callback: Callback): Promise<void> {
    return this.#answer(callback, () => {
      const { urn, state } = this.registry.register({
        type: req.getType(),
        name: req.getName(),
        custom: true,
        parent: req.getParent(),
        inputs: propertiesOf(req.getProperties()),
        provider: req.getProvider(),
        providers: {},
        dependencies: req.getDependenciesList(),
        propertyDependencies: {},
        secretOutputs: req.getAdditionalsecretoutputsList(),
        existingId: wireId(req.getId()),
      });
      return reading(urn, state);
    });
  }

  override registerResourceOutputs(req: OutputsRequest, callback: Callback): void {
    void this.#answer(callback, () => {
      this.registry.setOutputs(req.getUrn(), propertiesOf(req.getOutputs()));
      return {};
    });
  }

  override invoke(req: InvokeRequest, callback: Callback): Promise<void> {
    if (req.getTok() === "pulumi:pulumi:getResource") return this.#getResource(req, callback);
    return this.#answer(callback, () => {
      const [token, args] = [req.getTok(), propertiesOf(req.getArgs())];
      const result = this.registry.invoke(token, args, req.getProvider());
      return {
        getFailuresList: () => [],
        getReturn: () => this.#resultOf(callText(token, args), result),
      };
    });
  }

  /** Calls of resource methods: of none is the result known. */
  call(req: InvokeRequest, callback: Callback): void {
    void this.#answer(callback, () => {
      const token = req.getTok();
      const fault = `${token}: methods of resources cannot be called offline; remove the call`;
      this.registry.lookups.lack(token, fault);
      return {
        getFailuresList: () => [],
        getReturn: () => this.#resultOf(token, undefined),
        getReturndependenciesMap: () => new Map(),
      };
    });
  }

  /** Features that need a server for engine callbacks are not supported; the SDK then reports this. */
  override supportsFeature(req: { getId(): string }, callback: Callback): void {
    const missing = [
      "outputValues",
      "transforms",
      "invokeTransforms",
      "resourceHooks",
      "errorHooks",
    ];
    const isThere = !missing.includes(req.getId());
    callback(null, { getHassupport: () => isThere });
  }

  /** Newer versions of the SDK ask this first; by this error they ask for each feature instead. */
  getDeploymentInfo(_: unknown, callback: Callback): void {
    callback({ code: unimplemented }, undefined);
  }

  #registerRemote(request: RegistrationRequest): unknown {
    const isVpc = request.type === awsxVpcType;
    // Its children are created from the arguments; the engine keeps none of them with the
    // component.
    const { urn } = this.registry.register({ ...request, inputs: {}, propertyDependencies: {} });
    this.registry.checkProvider(subjectOf(request), packageOf(request.type), request.provider);
    if (!isVpc) {
      this.registry.taint(urn);
      this.registry.lack(
        subjectOf(request),
        "the children of this remote component are not known offline; expand it in rehearsal/engine, as awsxVpc.ts does",
      );
      return registration(urn, undefined, {}, {});
    }
    try {
      const made = expandVpc(
        { ...request, urn },
        (child) => this.#child(child, urn),
        () => this.#zonesFor(urn),
      );
      return registration(urn, undefined, made.outputs, made.dependencies);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.registry.taint(urn);
      if (this.registry.options.allowsGaps === true) this.registry.gaps.push(subjectOf(request));
      else this.registry.faults.push(...error.faults);
      return registration(urn, undefined, {}, {});
    }
  }

  /** The availability zones that a component finds by a call; none where they are not known. */
  #zonesFor(component: string): readonly string[] {
    const token = "aws:index/getAvailabilityZones:getAvailabilityZones";
    const provider = this.registry.providerFor(component, "aws");
    const names = this.registry.invoke(token, {}, provider)?.["names"];
    return Array.isArray(names) ? names.flatMap((name) => wireText(name) ?? []) : [];
  }

  #child({ type, name, parent, inputs, dependsOn }: Child, component: string): VpcChild {
    const given = Object.entries(inputs).filter((entry) => entry[1] !== undefined) as [
      string,
      NonNullable<Child["inputs"][string]>,
    ][];
    const { urn, id, state }: RegisteredResource = this.registry.register({
      type,
      name,
      custom: true,
      parent,
      inputs: Object.fromEntries(given.map(([key, { value }]) => [key, value])),
      propertyDependencies: Object.fromEntries(given.map(([key, { from }]) => [key, from])),
      dependencies: [...new Set([...dependsOn, ...given.flatMap(([, { from }]) => from)])],
      provider: this.registry.providerFor(component, packageOf(type)),
      providers: {},
      secretOutputs: [],
    });
    return { urn, id: id ?? unknownWire, output: (key) => state[key] ?? unknownWire };
  }

  /** The state behind a reference to a resource, such as the `vpc` of an awsx.ec2.Vpc. */
  #getResource(req: InvokeRequest, callback: Callback): Promise<void> {
    this.requests++;
    const urn = wireText(req.getArgs().toJavaScript()["urn"]) ?? "";
    const found = this.registry.state(urn);
    if (found !== undefined) this.resources.set(urn, { urn, ...found });
    return super.invoke(req, callback);
  }

  /** The result of a call for the program, by what is known of it. */
  #resultOf(call: string, known: WireProperties | undefined): CallResult {
    const refusal = (path: string): Error => this.registry.lookups.refusal(call, path);
    if (known === undefined) return answer(unknownResult(refusal));
    const lack = (field: string): void => {
      const fault = `${call}: ${field} of its result is not known offline; add it to its row in rehearsal/engine/awsInvokes.ts`;
      this.registry.lookups.lack(call, fault);
    };
    return answer(partlyKnownResult(known, refusal, lack));
  }

  #answer(callback: Callback, answer: () => unknown): Promise<void> {
    this.requests++;
    try {
      callback(null, answer());
    } catch (error) {
      // The program's promise never settles; the evaluation ends with this error instead.
      this.onError(error);
    }
    return Promise.resolve();
  }
}

/** What the program sends. */
function propertiesOf(given: Struct): WireProperties {
  return propertiesWithUnknownTexts(given.toJavaScript());
}

function wireId(id: string): string {
  return withUnknownTexts(id) as string;
}

function answer(result: object): CallResult {
  return { answer: result, toJavaScript: () => ({}) };
}
