import type { Resource } from "../../routing/graph/resource";
import { awsTypes } from "../../routing/graph/types";
import { fieldOf, firstOf, textOf, valueOf } from "../../routing/graph/values";
import type { StackModel } from "../../routing/graph/stackModel";
import { valuesOf } from "../../routing/view";
import type { AwsCall } from "./awsCall";
import { optionOf } from "./awsCall";
import type { Effect, RunbookModel } from "./effect";
import { unknownEffect } from "./effect";
import { hole } from "./shellText";

/** What a call does to the objects of the failback gate, or to the bucket of a page. */
export function bucketEffect(
  call: AwsCall,
  { model, hasGate = true }: RunbookModel,
): Effect | undefined {
  const { service, operation } = call;
  if (service !== "s3" && service !== "s3api") return undefined;
  const removes =
    /^(?:rm|rb|mv|delete-object|delete-objects|delete-bucket|delete-bucket-website|delete-bucket-policy)$/.test(
      operation,
    ) || call.options.has("delete");
  const writes = /^(?:cp|mv|sync|put-object)$/.test(operation);
  if (!removes && !writes) return undefined;
  const target = targetOf(call, removes);
  if (target === undefined) return undefined;
  if (target.bucket.includes(hole) && removes) {
    return unknownEffect("the bucket is not written in the runbook");
  }
  const { bucket, key } = target;
  if (hasGate && (bucket.includes("-gate-") || /(?:^|\/)latch$/.test(key))) {
    return latchEffect(target, removes);
  }
  if (!removes) return undefined;
  const page = pageOf(bucket, model);
  if (page === undefined)
    return unknownEffect(`whether answers need the bucket ${bucket} is not known`);
  if (operation === "sync")
    return unknownEffect("whether the page is in what it copies is not known", page.name);
  const isWhole = key === "" || call.options.has("recursive") || service === "s3api";
  return isWhole || page.documents.includes(key)
    ? {
        kind: "harm",
        subject: page.name,
        why: "the bucket has the page of the last tier, which customers get when no region serves",
        remedy: "none",
      }
    : unknownEffect(`whether the page needs ${key} is not known`, page.name);
}

interface Target {
  readonly bucket: string;
  readonly key: string;
}

/** What a call removes or writes; undefined if that is not in S3. */
function targetOf(call: AwsCall, removes: boolean): Target | undefined {
  const { service, operation, operands } = call;
  if (service === "s3api") {
    return { bucket: optionOf(call, "bucket") ?? hole, key: optionOf(call, "key") ?? "" };
  }
  const path = removes && operation !== "sync" ? operands[0] : operands.at(-1);
  if (path?.startsWith(hole)) return { bucket: hole, key: "" };
  const [, bucket, key = ""] = /^s3:\/\/([^/]*)\/?(.*)$/s.exec(path ?? "") ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

function latchEffect({ bucket, key }: Target, removes: boolean): Effect {
  return {
    kind: "harm",
    subject: `s3://${bucket}/${key}`,
    why: removes
      ? "the controller owns the latch: without its object customers return before anyone approved, and the controller puts it back"
      : "the controller owns the latch: it removes an object that its state does not explain",
    remedy: removes ? "release" : "hold",
  };
}

/** The documents of a website by default, where its configuration was not read. */
const usualDocuments = ["index.html", "error.html"];

/** The page in a bucket: of a website, whose bucket has the name of its record (S3 User Guide, "Website hosting"). */
function pageOf(
  bucket: string,
  { graph, route53 }: StackModel,
): { readonly name: string; readonly documents: readonly string[] } | undefined {
  const isBucket = (one: Resource): boolean =>
    one.id === bucket || textOf(one, "bucket") === bucket;
  const found = graph.ofType(awsTypes.bucket).find(isBucket);
  const website = graph.ofType(awsTypes.bucketWebsite).find(isBucket);
  const isAnswered = route53
    .allGroups()
    .flat()
    .some((one) => one.name === bucket && valuesOf(one).some((value) => /s3-website/.test(value)));
  if (!website && !isAnswered) return undefined;
  const documents = [
    ["indexDocument", "suffix"],
    ["errorDocument", "key"],
  ].flatMap(([property = "", member = ""]) => {
    const value = website && fieldOf(firstOf(valueOf(website, property)), member);
    return typeof value === "string" ? [value] : [];
  });
  return {
    name: found?.name ?? bucket,
    documents: documents.length > 0 ? documents : usualDocuments,
  };
}
