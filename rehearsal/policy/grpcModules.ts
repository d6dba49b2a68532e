import { createRequire } from "node:module";

/**
 * gRPC and protocol buffers from @pulumi/pulumi's own dependencies, because the SDK's stubs do not
 * accept clients and messages of another copy.
 */
const requireOfSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));

/** The part of @grpc/grpc-js that the driver of packs uses. */
interface Grpc {
  readonly credentials: { createInsecure(): unknown };
}

/** The part of google-protobuf's Struct that the driver uses. */
interface StructMessage {
  toJavaScript(): unknown;
}

interface StructModule {
  readonly Struct: { fromJavaScript(value: object): StructMessage };
}

interface EmptyModule {
  readonly Empty: new () => object;
}

export function grpc(): Grpc {
  return requireOfSdk("@grpc/grpc-js") as Grpc;
}

export function structOf(value: object): StructMessage {
  const { Struct } = requireOfSdk("google-protobuf/google/protobuf/struct_pb.js") as StructModule;
  return Struct.fromJavaScript(value);
}

export function emptyMessage(): object {
  const { Empty } = requireOfSdk("google-protobuf/google/protobuf/empty_pb.js") as EmptyModule;
  return new Empty();
}
