import {
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeRequest,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { nameOf } from "../../routing/graph/fromExport";
import type { Properties, Resource, Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import type { Wire, WireProperties } from "../engine/wire";
import { unknownWire } from "../engine/wire";
import { structOf } from "./grpcModules";

/** The type of a message's struct field, created from the SDK's own copy. */
type Struct = NonNullable<Parameters<AnalyzeRequest["setProperties"]>[0]>;

function analyzeRequest(resource: Resource, stack: StackMessages): AnalyzeRequest {
  const request = new AnalyzeRequest();
  request.setType(resource.type);
  request.setUrn(resource.urn);
  request.setName(resource.name);
  request.setProperties(properties(resource.inputs));
  request.setOptions(optionsOf(resource));
  const provider = stack.providerOf(resource);
  if (provider) request.setProvider(provider);
  return request;
}

/**
 * The outputs of a resource, with its id. The engine does not send ids, but states from other tools
 * use them as references, and contain no ARNs.
 */
function withId({ id, outputs }: Resource): Properties {
  return id === undefined ? outputs : { id, ...outputs };
}

function analyzerResource(resource: Resource, stack: StackMessages): AnalyzerResource {
  const message = new AnalyzerResource();
  message.setType(resource.type);
  message.setUrn(resource.urn);
  message.setName(resource.name);
  // In a state, a component of another language has no outputs, and its arguments are not recorded.
  message.setProperties(properties(withId(resource)));
  message.setOptions(optionsOf(resource));
  message.setParent(resource.parent ?? "");
  message.setDependenciesList([...resource.dependencies]);
  const provider = stack.providerOf(resource);
  if (provider) message.setProvider(provider);
  const dependencies = message.getPropertydependenciesMap();
  for (const [key, urns] of Object.entries(resource.propertyDependencies)) {
    if (urns.length === 0) continue;
    const list = new AnalyzerPropertyDependencies();
    list.setUrnsList([...urns]);
    dependencies.set(key, list);
  }
  return message;
}

/**
 * The engine's requests about the resources of a stack. Each message is created once, on first use,
 * and shared by all packs.
 */
export class StackMessages {
  private static readonly known = new WeakMap<readonly Resource[], StackMessages>();
  private readonly providers = new Map<string, AnalyzerProviderResource>();
  private readonly requests = new Map<Resource, AnalyzeRequest>();
  private ownStackRequest: AnalyzeStackRequest | undefined;

  private constructor(private readonly resources: readonly Resource[]) {
    for (const resource of resources) {
      if (!resource.type.startsWith("pulumi:providers:")) continue;
      this.providers.set(
        resource.urn,
        providerMessage(resource.urn, resource.type, resource.inputs),
      );
    }
  }

  static of(resources: readonly Resource[]): StackMessages {
    const messages = StackMessages.known.get(resources) ?? new StackMessages(resources);
    StackMessages.known.set(resources, messages);
    return messages;
  }

  /** The request about one resource before its creation: its inputs. */
  analyze(resource: Resource): AnalyzeRequest {
    const request = this.requests.get(resource) ?? analyzeRequest(resource, this);
    this.requests.set(resource, request);
    return request;
  }

  /** The request about the stack at the end: all known values of all resources. */
  analyzeStack(): AnalyzeStackRequest {
    if (!this.ownStackRequest) {
      this.ownStackRequest = new AnalyzeStackRequest();
      this.ownStackRequest.setResourcesList(
        this.resources.map((resource) => analyzerResource(resource, this)),
      );
    }
    return this.ownStackRequest;
  }

  /** The provider of a resource; if the stack does not list it, only its URN is known. */
  providerOf({ provider, region }: Resource): AnalyzerProviderResource | undefined {
    if (provider === undefined) return undefined;
    const known = this.providers.get(provider);
    if (known) return known;
    const type = provider.split("::")[2]?.split("$").at(-1) ?? "";
    return providerMessage(provider, type, region === undefined ? {} : { region });
  }
}

function providerMessage(urn: string, type: string, inputs: Properties): AnalyzerProviderResource {
  const message = new AnalyzerProviderResource();
  message.setUrn(urn);
  message.setType(type);
  message.setName(nameOf(urn));
  message.setProperties(properties(inputs));
  return message;
}

function optionsOf({ parent, protect, deleteBeforeReplace }: Resource): AnalyzerResourceOptions {
  const options = new AnalyzerResourceOptions();
  options.setParent(parent ?? "");
  options.setProtect(protect ?? false);
  if (deleteBeforeReplace !== undefined) {
    options.setDeletebeforereplace(deleteBeforeReplace);
    options.setDeletebeforereplacedefined(true);
  }
  return options;
}

/** The inputs of a resource in wire format. */
export function inputsSent({ inputs }: Resource): WireProperties {
  return wireOf(inputs);
}

function properties(values: Properties): Struct {
  return structOf(wireOf(values)) as unknown as Struct;
}

function wireOf(values: Properties): WireProperties {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, wire(value)]));
}

/** A value in wire format; an encrypted secret is unknown. */
function wire(value: Value): Wire {
  if (value instanceof Unknown) return unknownWire;
  if (Array.isArray(value)) return (value as readonly Value[]).map(wire);
  if (typeof value !== "object" || value === null) return value;
  return wireOf(value as Properties);
}
