import { objectStatus } from "../../../routing/graph/objects";
import type { Resource } from "../../../routing/graph/resource";
import { awsTypes } from "../../../routing/graph/types";
import { fieldOf, isList, listOf, textOf, valueOf } from "../../../routing/graph/values";
import type { Amounts } from "../amounts";
import { scaledBy } from "../amounts";
import type { CostAssumptions } from "../assumptions";
import type { Charger, CostInput } from "./charge";
import { charge, chargeBy, unknownCharge } from "./charge";

const functionType = "aws:cloudfront/function:Function";

/** A distribution: its requests and responses, from anywhere. */
export const distributionCharges: Charger = (distribution, { assumptions }) => {
  const requests = edgeRequests(assumptions);
  const priceClass = textOf(distribution, "priceClass") ?? "PriceClass_All";
  const ssl = fieldOf(valueOf(distribution, "viewerCertificate"), "sslSupportMethod");
  return [
    chargeBy("cloudfront request", scaledBy(requests, 1 / 10_000)),
    chargeBy("cloudfront data", scaledBy(requests, assumptions.edgeKb / 1e6)),
    ...(priceClass === "PriceClass_100"
      ? []
      : [
          unknownCharge(
            `${priceClass} also serves locations that cost more than North America and Europe`,
          ),
        ]),
    ...(ssl === "vip" ? [unknownCharge("its certificate has dedicated addresses")] : []),
  ];
};

/**
 * A function at the edge, which runs for each request and each response that it is associated with.
 */
export const edgeFunctionCharges: Charger = (edgeFunction, input) => {
  const runs = input.model.graph
    .ofType("aws:cloudfront/distribution:Distribution")
    .reduce((total, distribution) => total + associations(distribution, edgeFunction, input), 0);
  return [chargeBy("cloudfront function", scaledBy(edgeRequests(input.assumptions), runs / 1e6))];
};

function associations(
  distribution: Resource,
  edgeFunction: Resource,
  { model }: CostInput,
): number {
  const behaviors = [
    valueOf(distribution, "defaultCacheBehavior"),
    ...listOf(distribution, "orderedCacheBehaviors"),
  ];
  const arns = behaviors.flatMap((behavior) => {
    const all = fieldOf(behavior, "functionAssociations");
    return isList(all) ? all.map((one) => fieldOf(one, "functionArn")) : [];
  });
  const byName = arns.filter((arn) =>
    model.graph.byValue(arn, [functionType]).includes(edgeFunction),
  ).length;
  if (byName > 0) return byName;
  // Before deployment its ARN is unknown, and the distribution depends on it by property.
  const depends = model.graph.follow(distribution, "defaultCacheBehavior", [functionType]);
  return depends.includes(edgeFunction) ? arns.length : 0;
}

function edgeRequests({ edgeRequests: usual, gameDayEdgeRequests }: CostAssumptions): Amounts {
  return { steady: usual, failedOver: usual, gameDays: usual + gameDayEdgeRequests };
}

/** A bucket: its storage, writes and reads, those of Route 53's checkers included. */
export const bucketCharges: Charger = (bucket, input) => {
  const { assumptions } = input;
  return [
    charge("s3 storage", assumptions.bucketGb),
    charge("s3 write", assumptions.bucketWrites / 1000),
    charge("s3 read", (assumptions.bucketReads + checkerReads(bucket, input)) / 1000),
  ];
};

/**
 * Reads of objects by Route 53's checkers. A denied read, as of a released latch, is free.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ErrorCodeBilling.html
 */
function checkerReads(bucket: Resource, { model, assumptions }: CostInput): number {
  const seconds = 3600 * assumptions.hours;
  return model.graph
    .referringTo(bucket, awsTypes.healthCheck, "fqdn")
    .flatMap(({ urn }) => model.route53.checks.get(urn) ?? [])
    .reduce((total, check) => {
      if (check.kind !== "endpoint" || objectStatus(model.graph, check) !== "healthy") return total;
      return total + (assumptions.checkers * seconds) / check.intervalSeconds;
    }, 0);
}
