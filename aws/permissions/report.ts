import type { Document } from "../../rehearsal/report/document";
import { policyCharactersMax } from "./policyDocument";
import type { PolicyFile } from "./policyFiles";

/** The policies of a stack as a report: each file, its purpose and its size. */
export function iamPolicyReport(
  stack: string,
  directory: string,
  files: readonly PolicyFile[],
): Document {
  return {
    title: `IAM policies for deploying ${stack}`,
    lead: `Written to ${directory}. An administrator creates them and attaches them to roles.`,
    blocks: [
      {
        kind: "table",
        caption: "policies",
        columns: [
          { head: "file" },
          { head: `characters of ${policyCharactersMax}`, kind: "number" },
          { head: "attach to" },
        ],
        rows: files.map(({ name, characters, holder }) => [name, String(characters), holder]),
      },
    ],
  };
}
