import type { ListParentsCommandOutput, PolicyType } from "@aws-sdk/client-organizations";
import { globalRegion } from "../../../routing/globalRegion";
import type { StackGraph } from "../../../routing/graph/stackGraph";
import { allOf } from "../../clients";
import { AwsError } from "../../awsError";
import { actionsFor } from "../../permissions/actions";
import type { Check, CheckFinding, Place } from "../finding";
import { cannotTell, ok, willFail } from "../finding";
import { orCannotTell } from "../orCannotTell";

/** A service control policy of the account. */
export interface ControlPolicy {
  readonly name: string;
  readonly document: string;
}

/** Checks whether policies of the organisation would block the update, or hide public objects. */
export const organisation: Check = {
  name: "organisation",
  subject: "policies of the organisation",
  async run(place) {
    const { needs } = place;
    const all = [...needs.graph.resources, ...needs.zoneGraph.resources];
    const actions = actionsFor(all.map(({ type }) => type));
    if (!(await isInOrganisation(place))) {
      return [ok("policies of the organisation", "the account is in no organisation")];
    }
    const [controls, ofPublic] = await Promise.all([
      fetch(place, "SERVICE_CONTROL_POLICY"),
      isPublic(needs.graph) ? Promise.all([hiding(place), blocking(place)]) : [],
    ]);
    return [...judge(controls, actions), ...ofPublic];
  },
};

async function isInOrganisation({ account }: Place): Promise<boolean> {
  const organizations = await account.client("organizations", globalRegion);
  try {
    await organizations.describeOrganization({});
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.is("absent")) return false;
    throw error;
  }
}

/**
 * Policies of a kind that apply to the account: its own, those of the units above it, and the
 * root's.
 */
async function fetch(
  { account, caller }: Place,
  filter: PolicyType,
): Promise<readonly ControlPolicy[]> {
  const organizations = await account.client("organizations", globalRegion);
  const targets: string[] = [];
  for (let target: string | undefined = caller.account; target !== undefined;) {
    targets.push(target);
    if (target.startsWith("r-")) break;
    const { Parents = [] }: ListParentsCommandOutput = await organizations.listParents({
      ChildId: target,
    });
    target = Parents[0]?.Id;
  }
  const attached = await Promise.all(
    targets.map((TargetId) =>
      allOf(
        (NextToken) => organizations.listPoliciesForTarget({ TargetId, Filter: filter, NextToken }),
        ({ Policies }) => Policies,
        ({ NextToken }) => NextToken,
      ),
    ),
  );
  const names = new Map(attached.flat().map(({ Id = "", Name = Id }) => [Id, Name]));
  return Promise.all(
    [...names].map(async ([id, name]) => {
      const { Policy } = await organizations.describePolicy({ PolicyId: id });
      return { name, document: Policy?.Content ?? "{}" };
    }),
  );
}

/** Whether something in a bucket is public: a website, or an object that a check requests. */
function isPublic(graph: StackGraph): boolean {
  return graph.ofType("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration").length > 0;
}

/**
 * Checks resource control policies that hide public objects of a bucket; a latch is such an object.
 */
async function hiding(place: Place): Promise<CheckFinding> {
  const subject = "public objects of a bucket";
  return orCannotTell(subject, async () => {
    const policies = await fetch(place, "RESOURCE_CONTROL_POLICY");
    const denying = policies.filter(({ document }) =>
      denials(document).some((statement) => concerns(statement, "s3:GetObject")),
    );
    const names = denying.map(({ name }) => name).join(", ");
    return denying.length === 0
      ? ok(subject, `none of ${policies.length} resource control policies denies s3:GetObject`)
      : cannotTell(
          subject,
          `resource control policies deny s3:GetObject, perhaps for the public: ${names}`,
          "read them, or ask their administrator: the maintenance page or a latch would be unreadable",
        );
  });
}

/**
 * Checks whether the organisation blocks public access to all buckets of the account.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3.html
 */
async function blocking({ account }: Place): Promise<CheckFinding> {
  return orCannotTell(publicAccess, async () => {
    const organizations = await account.client("organizations", globalRegion);
    try {
      const { EffectivePolicy } = await organizations.describeEffectivePolicy({
        PolicyType: "S3_POLICY",
      });
      return judgePublicAccess(EffectivePolicy?.PolicyContent);
    } catch (error) {
      if (error instanceof AwsError && error.is("absent")) return judgePublicAccess(undefined);
      throw error;
    }
  });
}

const publicAccess = "public access to buckets";

/**
 * Judges the S3 policy that applies to the account; undefined if there is none.
 *
 * @internal
 */
export function judgePublicAccess(document: string | undefined): CheckFinding {
  if (document === undefined) return ok(publicAccess, "no S3 policy of the organisation blocks it");
  const { s3_attributes: attributes } = JSON.parse(document) as {
    readonly s3_attributes?: { readonly public_access_block_configuration?: unknown };
  };
  const blocked = attributes?.public_access_block_configuration;
  if (blocked === "none") return ok(publicAccess, "the S3 policy of the organisation allows it");
  return blocked === "all"
    ? willFail(
        publicAccess,
        "the S3 policy of the organisation blocks it, so AWS refuses the policy of the static page's bucket",
        "serve the page by CloudFront; or have the organisation's administrator exempt the account",
      )
    : cannotTell(
        publicAccess,
        `the S3 policy of the organisation has an unknown form: ${document}`,
        "read it, or ask its administrator",
      );
}

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Condition?: object;
  readonly Resource?: string | readonly string[];
}

/** @internal */
export function judge(
  policies: readonly ControlPolicy[],
  actions: readonly string[],
): readonly CheckFinding[] {
  const findings = policies.flatMap(({ name, document }) =>
    denials(document).flatMap((statement) => findingOf(name, statement, actions)),
  );
  return findings.length > 0
    ? findings
    : [
        ok(
          "policies of the organisation",
          `none of the ${policies.length} policies of the account and the units above it denies an action of the update`,
        ),
      ];
}

/** The statements of a policy that deny something. */
function denials(document: string): readonly Statement[] {
  const { Statement = [] } = JSON.parse(document) as {
    readonly Statement?: Statement | readonly Statement[];
  };
  const statements = [Statement].flat() as readonly Statement[];
  return statements.filter(({ Effect }) => Effect === "Deny");
}

function findingOf(
  name: string,
  statement: Statement,
  actions: readonly string[],
): readonly CheckFinding[] {
  const denied = actions.filter((action) => concerns(statement, action));
  if (denied.length === 0) return [];
  const subject = `policy ${name} of the organisation`;
  const isLimited =
    statement.Condition !== undefined || ![statement.Resource ?? "*"].flat().includes("*");
  const remedy = "have the organisation's administrator allow them to this account";
  return isLimited
    ? [
        cannotTell(
          subject,
          `denies, under conditions or for some resources, ${denied.join(", ")}`,
          "read the policy, or ask its administrator",
        ),
      ]
    : [willFail(subject, `denies ${denied.join(", ")}`, remedy)];
}

function concerns({ Action, NotAction }: Statement, action: string): boolean {
  const fits = (pattern: string): boolean =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replace(/\*/g, ".*")
        .replace(/\?/g, ".")}$`,
      "i",
    ).test(action);
  if (NotAction !== undefined) return ![NotAction].flat().some(fits);
  return [Action ?? []].flat().some(fits);
}
