import type { GateState } from "../../functions/gate/state";
import { parseGateState } from "../../functions/gate/state";
import { InputError } from "../../routing/inputError";
import { AwsError, credentialFault, whyUnknown } from "../awsError";
import type { GateLocation } from "./gateLocation";

/** A command for the controller of a gate, with who gives it and why. */
export interface GateInvocation {
  readonly command: "hold" | "release";
  /** The ARN of the person or role. */
  readonly identity: string;
  readonly reason: string;
}

/** The call that this needs of the client of Lambda. */
export interface Invoker {
  invoke(input: {
    readonly FunctionName: string;
    readonly InvocationType: "RequestResponse";
    readonly Payload: Uint8Array;
  }): Promise<{
    readonly FunctionError?: string | undefined;
    readonly Payload?: Uint8Array | undefined;
  }>;
}

/**
 * Gives the controller a command and waits for its new state. The controller alone writes the
 * latch; no record and no health check is changed.
 *
 * @throws InputError in one line if the function does not exist, may not be called, or refuses
 */
export async function commandGate(
  gate: GateLocation,
  command: GateInvocation,
  lambda: Invoker,
): Promise<GateState> {
  const { functionName, region } = gate;
  const title = `${command.command}: ${functionName} in ${region}`;
  const answer = await invoked(gate, command, lambda, title);
  const text = Buffer.from(answer.Payload ?? []).toString("utf8");
  if (answer.FunctionError !== undefined) {
    throw new InputError(`${title}: the controller refused: ${errorMessageIn(text)}`);
  }
  const { refused, state } = replyIn(text);
  if (typeof refused === "string")
    throw new InputError(`${title}: the controller refused: ${oneLine(refused)}`);
  try {
    return parseGateState(state);
  } catch (cause) {
    // The remedy of a bad state in the bucket is none for a bad reply.
    const [why = ""] = oneLine((cause as Error).message).split("; ");
    throw new InputError(
      `${title}: the controller answered with no state, got ${why}; see the state with \`failover status\``,
      { cause },
    );
  }
}

/** The state in a reply, as text, and why the command was refused. */
function replyIn(text: string): { readonly refused?: unknown; readonly state: string } {
  try {
    const { refused, ...state } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return { refused, state: JSON.stringify(state) };
  } catch {
    return { state: text };
  }
}

function oneLine(text: string): string {
  return text.split("\n").join(" ");
}

async function invoked(
  { functionName, accountId }: GateLocation,
  command: GateInvocation,
  lambda: Invoker,
  title: string,
): ReturnType<Invoker["invoke"]> {
  try {
    return await lambda.invoke({
      FunctionName: functionName,
      InvocationType: "RequestResponse",
      Payload: Buffer.from(JSON.stringify(command)),
    });
  } catch (error) {
    if (!(error instanceof AwsError) || credentialFault(error) !== undefined) throw error;
    throw new InputError(
      error.code === "ResourceNotFoundException"
        ? `${title}: account ${accountId} has no such function; check the stack and the credentials, and deploy the gate with \`pulumi up\``
        : `${title}: ${whyUnknown(error)}; nothing is known to have changed: look with \`failover status\`, and run it again`,
      { cause: error },
    );
  }
}

/** The message of a function's error (Lambda Developer Guide, "Handler errors"), as one line. */
function errorMessageIn(payload: string): string {
  try {
    const { errorMessage } = JSON.parse(payload) as { readonly errorMessage?: unknown };
    if (typeof errorMessage === "string") return oneLine(errorMessage);
  } catch {
    // Not JSON: the text itself is the message.
  }
  return oneLine(payload) || "an error without a message";
}
