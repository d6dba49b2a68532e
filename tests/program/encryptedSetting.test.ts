import { expect } from "chai";
import { evaluate } from "../../rehearsal/engine/evaluate";
import { InputError } from "../../routing/inputError";
import { root } from "../conventions/sourceTree";

describe("an encrypted setting", () => {
  it("is said to be one, since nothing offline can decrypt it", async () => {
    const config = { "failover:hostedZone": { secure: "ciphertext" } };
    const failure = await evaluate({ projectDirectory: root, stack: "dev", config }).catch(
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(InputError);
    expect((failure as InputError).faults).to.deep.equal([
      "Pulumi.dev.yaml: hostedZone: is encrypted, and cannot be checked offline; set it without --secret",
    ]);
  });
});
