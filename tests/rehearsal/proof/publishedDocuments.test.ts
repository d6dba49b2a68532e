import { behaviourPage } from "../../../rehearsal/proof/behaviour";
import { evidenceJsonSchema } from "../../../rehearsal/proof/evidenceSchema";
import { defaultFaultRates } from "../../../rehearsal/proof/faultRates";
import { prove } from "../../../rehearsal/proof/prove";
import { asMarkdown } from "../../../rehearsal/report/asMarkdown";
import { expectDocument } from "../../expectDocument";
import { evaluated } from "../../program/evaluated";

describe("the proof in docs/", () => {
  it("docs/behaviour.md matches prod's proof; UPDATE_DOCS=1 regenerates it", async () => {
    const { resources } = await evaluated("prod");
    const proof = prove({ stack: "prod", resources, names: [], rates: defaultFaultRates });
    await expectDocument("behaviour.md", asMarkdown(behaviourPage(proof), 1));
  });

  it("docs/evidence.schema.json is the schema of the record; UPDATE_DOCS=1 regenerates it", async () => {
    await expectDocument("evidence.schema.json", JSON.stringify(evidenceJsonSchema()));
  });
});
