import { createRequire } from "node:module";

/**
 * gRPC and protocol buffers as @pulumi/pulumi has them. Taken from there and not from this project,
 * since clients and messages of another copy are not those that the SDK's stubs know.
 */
const requireOfSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));

/** As much of @grpc/grpc-js as the driver of packs uses. */
interface Grpc {
  readonly credentials: { createInsecure(): unknown };
}

/** As much of google-protobuf's Struct as the driver uses. */
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
