import { tiersFailApart } from "../../../policies/dns-failover/rules/tiersFailApart";
import { types } from "../../../policies/types";
import type { Resource } from "../../../routing/graph/resource";
import { alias, cafe, record } from "../cafe";
import { describeRule } from "../describeRule";
import type { Made } from "../sample";
import { nothing } from "../sample";

const recordNames = cafe.resources
  .filter(({ type }) => type === types.record)
  .map(({ name }) => name);
const database: Made = {
  type: types.databaseInstance,
  name: "database",
  properties: { address: "db.test" },
};
const databaseUrn = cafe.add(database).urn("database");
/** A server whose user data contains the database's address. */
function fromDatabase(server: Resource): Resource {
  return {
    ...server,
    propertyDependencies: { ...server.propertyDependencies, userData: [databaseUrn] },
  };
}
const shared = cafe.add(database).change("web-2a", fromDatabase).change("web-1a", fromDatabase);

describeRule(tiersFailApart, {
  complies: [{ title: "with two zones in each of two regions", sample: cafe }],
  violates: [
    {
      title: "both members on one instance",
      sample: cafe.set("address-2b", { instance: "web-2a" }),
      finds: [
        "record-oregon-secondary.records: must not point to its primary's endpoint, got web-2a, so with web-2a dead, oregon.www.cafe.test fails over to web-2a; give the secondary its own endpoint",
      ],
    },
    {
      title: "both members in one zone",
      sample: cafe.set("web-2b", { availabilityZone: "us-west-2a" }),
      finds: [
        "record-oregon-secondary.records: must not be in its primary's availability zones, got us-west-2a, so with us-west-2a lost, oregon.www.cafe.test has no live answer; move the secondary to another zone",
      ],
    },
    {
      title: "two regions with one database",
      sample: shared,
      finds: [
        "record-live-secondary.records: must not use the database of its primary's region, got database, so with database or its region lost, live.www.cafe.test has no working answer; give each region its own database",
      ],
    },
    {
      title: "both members on the same branch",
      sample: cafe.set("record-live-secondary", alias("oregon.www.cafe.test")),
      finds: [
        "record-live-secondary.aliases[0].name: must not point to the target of record-live-primary, got the same target, so live.www.cafe.test fails over to the target that has just failed; point it to another tier",
      ],
    },
  ],
  boundary: [
    {
      title: "a second chance at a branch that is also the primary's",
      sample: cafe
        .add(
          { ...record("any", "primary", alias("live.www.cafe.test")) },
          { ...record("any", "secondary", alias("oregon.www.cafe.test")) },
        )
        .set("record-www-primary", alias("any.www.cafe.test")),
      finds: [],
    },
    {
      title: "two zones of a region with one database",
      sample: cafe.add(database).change("web-2a", fromDatabase).change("web-2b", fromDatabase),
      finds: [],
    },
  ],
  notApplicable: [
    { title: "without records", sample: cafe.drop(...recordNames) },
    { title: "in an empty stack", sample: nothing },
  ],
  unknown: [
    {
      title: "unknown zones",
      sample: cafe.hide("web-2a", "availabilityZone").hide("web-2b", "availabilityZone"),
      finds: [],
    },
  ],
  configuration: [],
});
