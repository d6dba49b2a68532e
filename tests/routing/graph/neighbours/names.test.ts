import { Unknown } from "../../../../routing/graph/resource";
import { pair, record, zone } from "../stack";
import {
  describeNeighbours,
  main,
  other,
  secret,
  secretly,
  web,
  checked,
  watching,
  named,
  cname,
  zoneCalled,
  hidden,
} from "./neighbour";

describeNeighbours({
  "public-and-private-zone": [
    {
      title: "two public zones with one name",
      stack: [
        zone,
        zoneCalled("twin", { zoneId: "Z3", name: "a.test" }),
        named("www", { records: [main] }),
        record("twins", { name: "www.a.test", zoneId: "Z3", records: [other] }),
      ],
      gives: /^refused www\.a\.test: several zones have it/,
    },
    {
      title: "a private zone for a subdomain that the public zone does not have",
      stack: [
        zone,
        zoneCalled("below", { zoneId: "Z3", name: "b.a.test", vpcs: [{ vpcId: "vpc-1" }] }),
        record("inner", { name: "x.b.a.test", zoneId: "Z3", records: ["10.0.0.1"] }),
        named("*", { records: [main] }),
      ],
      name: "x.b.a.test",
      gives: main,
    },
    {
      title: "a check of a name that only the private zone has",
      stack: [
        ...watching("db.a.test"),
        hidden,
        record("db", { name: "db.a.test", zoneId: "Z2", records: ["10.0.0.1"] }),
      ],
      gives: other,
    },
    {
      title: "an alias in the private zone to a name that the public zone has as well (A12)",
      stack: [
        hidden,
        record("own", {
          name: "www.a.test",
          zoneId: "Z2",
          aliases: [{ name: "in.a.test", zoneId: "Z2", evaluateTargetHealth: true }],
        }),
        record("in", { name: "in.a.test", zoneId: "Z2", records: ["10.0.0.1"] }),
        zone,
        record("out", { name: "in.a.test", records: [main] }),
      ],
      gives: "10.0.0.1",
    },
  ],
  wildcard: [
    {
      title: "a name that exists with another type",
      stack: [zone, named("*", { records: [main] }), named("www", { type: "TXT", records: ["x"] })],
      gives: /^refused www\.a\.test: no A record/,
    },
    {
      title: "a name below an existing one (RFC 4592)",
      stack: [zone, named("*", { records: [main] }), named("www", { records: [other] })],
      name: "x.www.a.test",
      gives: /^refused x\.www\.a\.test: no record has this name/,
    },
    {
      title: "a wildcard of CNAMEs",
      stack: [zone, cname("*", "end.a.test"), named("end", { records: [main] })],
      name: "x.y.a.test",
      gives: main,
    },
    {
      title: "an alias, which no wildcard answers",
      stack: [
        zone,
        named("*", { records: [main] }),
        named("www", { aliases: [{ name: "x.a.test", zoneId: "Z1", evaluateTargetHealth: true }] }),
      ],
      gives: /^refused www: its alias has no target/,
    },
  ],
  "check-by-a-cname": [
    {
      title: "three CNAMEs in a row",
      stack: [
        ...watching("a.a.test"),
        cname("a", "b.a.test"),
        cname("b", "C.a.test."),
        cname("c", "end.a.test"),
        named("end", { records: [main] }),
      ],
      faults: ["web"],
      gives: other,
    },
    {
      title: "a CNAME to a name outside",
      stack: [...watching("a.a.test"), cname("a", "app.example.net")],
      gives: main,
    },
    {
      title: "an alias",
      stack: [
        ...watching("a.a.test"),
        named("a", { aliases: [{ name: "b.a.test", zoneId: "Z1", evaluateTargetHealth: false }] }),
        named("b", { records: [main] }),
      ],
      faults: ["us-west-2a"],
      gives: other,
    },
    {
      title: "a name with IPv6 only (H13)",
      stack: [...watching("a.a.test"), named("a", { type: "AAAA", records: ["2001:db8::1"] })],
      gives: other,
    },
    {
      title: "a CNAME by a wildcard",
      stack: [
        ...watching("x.y.a.test"),
        cname("*", "end.a.test"),
        named("end", { records: [main] }),
      ],
      faults: ["web"],
      gives: other,
    },
  ],
  "cname-failover-check-watches-itself": [
    { title: "by its own name", stack: watching("www.a.test"), gives: "unknown check" },
    {
      title: "by an alias to its own name",
      stack: [
        ...watching("a.a.test"),
        named("a", { aliases: [{ name: "www.a.test", zoneId: "Z1", evaluateTargetHealth: true }] }),
      ],
      gives: "unknown check",
    },
    {
      title: "by a wildcard and a CNAME",
      stack: [...watching("x.y.a.test"), cname("*", "www.a.test")],
      gives: "unknown check",
    },
  ],
  "cname-to-a-dead-record": [
    {
      title: "two CNAMEs in a row",
      stack: [
        zone,
        ...web,
        cname("www", "b.a.test"),
        cname("b", "c.a.test"),
        named("c", { records: [main] }),
      ],
      faults: ["web"],
      gives: `${main} dead`,
    },
    {
      title: "a name that has another type",
      stack: [
        zone,
        cname("www", "b.a.test"),
        named("b", { type: "AAAA", records: ["2001:db8::1"] }),
      ],
      gives: "no answer",
    },
    {
      title: "a name outside",
      stack: [zone, cname("www", "app.example.net")],
      gives: "app.example.net",
    },
    {
      title: "an AWS database in a lost region",
      stack: [zone, cname("www", "db.abc.us-west-2.rds.amazonaws.com"), ...web],
      faults: ["us-west-2"],
      gives: "db.abc.us-west-2.rds.amazonaws.com dead",
    },
  ],
  "record-without-type": [
    {
      title: "an empty type",
      stack: [zone, named("www", { type: "", records: [main] })],
      gives: /^refused www: it has no type/,
    },
    {
      title: "next to members that have one",
      stack: [
        ...checked(),
        record("third", { type: null, setIdentifier: "third", records: [main] }),
      ],
      gives: /^third: it has no type/m,
    },
    {
      title: "of another name, which is ignored",
      stack: [zone, named("www", { records: [main] }), named("x", { type: null, records: [main] })],
      gives: main,
    },
  ],
  "record-without-values": [
    {
      title: "an empty list",
      stack: [zone, named("www", { records: [] })],
      gives: /^refused www: it has neither records nor an alias/,
    },
    {
      title: "null among values",
      stack: [zone, named("www", { records: [main, null] })],
      gives: /^refused www: one of its records is null/,
    },
    {
      title: "values without a TTL",
      stack: [zone, named("www", { records: [main], ttl: null })],
      gives: /^refused www: it has no ttl/,
    },
    {
      title: "a TTL as text, which AWS accepts",
      stack: [zone, named("www", { records: [main], ttl: "60" })],
      gives: main,
    },
  ],
  "secret-name": [
    {
      title: "a secret name in another zone",
      stack: [
        ...checked(),
        zoneCalled("elsewhere", { zoneId: "Z9", name: "b.test" }),
        record("hush", { name: secret, zoneId: "Z9", records: [other] }, secretly("name")),
      ],
      gives: main,
    },
    {
      title: "secret values",
      stack: [zone, named("www", { records: [secret] }, secretly("records[0]"))],
      gives: /^refused www: records\[0\] is encrypted/,
    },
    {
      title: "a secret weight",
      stack: [
        zone,
        named(
          "www",
          {
            setIdentifier: "one",
            records: [main],
            weightedRoutingPolicies: [{ weight: secret }],
          },
          secretly("weightedRoutingPolicies[0].weight"),
        ),
      ],
      gives: /^www: weightedRoutingPolicies\[0\]\.weight is encrypted/m,
    },
  ],
  "secret-in-check": [
    {
      title: "whether it is inverted",
      stack: checked({}, { invertHealthcheck: secret }),
      gives: "unknown check",
    },
    {
      title: "the health check id of a record",
      stack: [...pair({ records: [main], healthCheckId: secret }), ...web],
      gives: "unknown healthCheckId of www-primary",
    },
    {
      title: "the path, which does not matter",
      stack: checked({}, { resourcePath: secret }),
      gives: main,
    },
    {
      title: "an address that is computed from an unread resource",
      stack: checked({}, { ipAddress: new Unknown("computed") }),
      gives: "unknown check",
    },
  ],
});
