import { expect } from "chai";
import { record, resource } from "../../routing/graph/stack";
import { changing, pairResources, primary, secondary, values, verdictOn } from "./judgedPair";

const ns = { Name: "a.test", Type: "NS", TTL: 172_800 };

describe("failover policy --runbook of changed records", () => {
  it("finds a primary at an address that its check does not watch, and says who answers", () => {
    const found = verdictOn(changing(["UPSERT", { ...primary, ...values("8.8.4.66") }]));
    expect(found).to.deep.equal([
      "harmful",
      "with 8.8.4.66 down www.a.test A is answered by 8.8.4.66, which is dead",
      "answers of www.a.test A go to 8.8.4.66 instead of 8.8.4.1; whether 8.8.4.66 serves is not known",
    ]);
  });

  it("does not know whether another address of the secondary serves, and says when it answers", () => {
    expect(verdictOn(changing(["UPSERT", { ...secondary, ...values("8.8.4.77") }]))).to.deep.equal([
      "unknown",
      "with 8.8.4.1 down answers of www.a.test A go to 8.8.4.77 instead of 203.0.113.99; whether 8.8.4.77 serves is not known",
    ]);
  });

  it("asks also for a name without a choice that the batch changes", () => {
    const blog = { Name: "blog.a.test", Type: "A", TTL: 60 };
    expect(verdictOn(changing(["UPSERT", { ...blog, ...values("8.8.4.8") }]))).to.deep.equal([
      "unknown",
      "answers of blog.a.test A go to 8.8.4.8 instead of 8.8.4.7; whether 8.8.4.8 serves is not known",
    ]);
    expect(verdictOn(changing(["DELETE", { ...blog, ...values("8.8.4.7") }]))[0]).to.equal(
      "harmful",
    );
    expect(
      verdictOn(changing(["UPSERT", { ...blog, ...values("8.8.4.7"), TTL: 86_400 }])),
    ).to.deep.equal([
      "harmless",
      "while nothing fails it changes no answer",
      // Nothing moves customers of this name.
      "resolvers keep an answer of blog.a.test A for 86400 s instead of 60 s",
    ]);
  });

  it("finds a longer TTL, also of a record that is deleted and created, and praises a shorter one", () => {
    const longer = [
      "harmful",
      "resolvers keep an answer of www.a.test A for 86400 s instead of 60 s",
    ];
    const set = { ...primary, TTL: 86_400 };
    expect(verdictOn(changing(["UPSERT", set])).slice(0, 2)).to.deep.equal(longer);
    expect(verdictOn(changing(["DELETE", primary], ["CREATE", set])).slice(0, 2)).to.deep.equal(
      longer,
    );
    expect(verdictOn(changing(["UPSERT", set]))[2]).to.match(
      /^downtime of 8\.8\.4\.1 when it hangs in the body 184 s → 86\d{3} s \(www\.a\.test A\)$/,
    );
    expect(verdictOn(changing(["UPSERT", { ...primary, TTL: 5 }]))[0]).to.equal("harmless");
  });

  it("says that Route 53 keeps the NS record of a zone, and finds other servers in it", () => {
    const own = values("ns1.aws.test.", "ns2.aws.test.");
    expect(verdictOn(changing(["DELETE", { ...ns, ...own }]))).to.deep.equal([
      "harmless",
      "Route 53 refuses it, and nothing changes: a zone keeps an NS record of its own name, and this one is of a.test",
    ]);
    const other = ["UPSERT", { ...ns, ...values("ns.evil.test") }] as const;
    expect(verdictOn(changing(other))).to.deep.equal([
      "harmful",
      "resolvers then ask ns.evil.test for all of a.test instead of ns1.aws.test, ns2.aws.test",
    ]);
    expect(verdictOn(changing(["DELETE", { ...ns, ...own }], ["CREATE", other[1]]))[0]).to.equal(
      "harmful",
    );
    expect(verdictOn(changing(["UPSERT", { ...ns, ...own, TTL: 900 }]))[0]).to.equal("harmless");
    const unread = pairResources.filter(({ name }) => name !== "ns");
    expect(verdictOn(changing(other), { resources: unread })).to.deep.equal([
      "unknown",
      "whether ns.evil.test are the name servers of a.test is not known",
    ]);
  });

  it("finds a delegation above a name that has records, and does not know one beside them", () => {
    const [verdict, why] = verdictOn(
      changing(["CREATE", { ...ns, Name: "www.a.test", ...values("ns.b.test") }]),
    );
    expect([verdict, why]).to.deep.equal([
      "harmful",
      "at and below an NS record another server answers (N4), so for www.a.test too",
    ]);
    expect(
      verdictOn(changing(["CREATE", { ...ns, Name: "b.a.test", ...values("ns.b.test") }])),
    ).to.deep.equal(["unknown", "who answers for b.a.test and below is not known"]);
  });

  it("does not know what other types do, or addresses of a family that a name did not have", () => {
    const mx = { Name: "a.test", Type: "MX", TTL: 60, ...values("10 mail.b.test") };
    expect(verdictOn(changing(["UPSERT", mx]))).to.deep.equal([
      "unknown",
      "the model does not follow MX records: what the one of a.test does is not known",
    ]);
    const https = { Name: "www.a.test", Type: "HTTPS", TTL: 60, ...values("1 .") };
    expect(verdictOn(changing(["CREATE", https]))[0]).to.equal("unknown");
    const six = { Name: "www.a.test", Type: "AAAA", TTL: 60, ...values("2600::1") };
    expect(verdictOn(changing(["CREATE", six]))).to.deep.equal([
      "unknown",
      "www.a.test had no AAAA record before; whether what it leads to serves is not known",
    ]);
    const text = { Name: "_acme-challenge.a.test", Type: "TXT", TTL: 60, ...values('"x"') };
    expect(verdictOn(changing(["UPSERT", text]))[0]).to.equal("harmless");
  });

  it("does not take a limit of the model for a refusal, nor a change that is not readable for none", () => {
    const alias = { HostedZoneId: "Z1", DNSName: "gone.a.test", EvaluateTargetHealth: true };
    const { Name, Type, SetIdentifier, Failover } = primary;
    const toNowhere = { Name, Type, SetIdentifier, Failover, AliasTarget: alias };
    expect(verdictOn(changing(["UPSERT", toNowhere]))[0]).to.not.equal("harmless");
    const mixed = { Name, Type, TTL: 60, ...values("203.0.113.99") };
    expect(verdictOn(changing(["UPSERT", mixed]))[0]).to.equal("unknown");
    const open = changing(["ACTION", primary]).replace("ACTION", `'"$ACTION"'`);
    expect(verdictOn(open)).to.deep.equal(["unknown", "the action is not written in the runbook"]);
    const shorthand = "'Changes=[{Action=DELETE,ResourceRecordSet={Name=www.a.test,Type=A}}]'";
    const command = `aws route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch ${shorthand}`;
    expect(verdictOn(command)).to.deep.equal(["unknown", "the change batch is no JSON"]);
  });

  it("does not compare addresses with the stand-ins of a stack that was only evaluated", () => {
    const found = verdictOn(
      changing(["UPSERT", { ...primary, HealthCheckId: "0e84354c", ...values("8.8.4.66") }]),
      {
        hasIds: false,
      },
    );
    expect(found).to.deep.equal([
      "unknown",
      "whether it is the stack's own address is not known before a deployment; give its export with --from",
    ]);
    const longer = changing(["UPSERT", { ...primary, ...values("8.8.4.66"), TTL: 86_400 }]);
    const open = longer.replace("--hosted-zone-id Z1", '--hosted-zone-id "$ZONE"');
    expect(verdictOn(open, { hasIds: false })[0]).to.equal("harmful");
  });

  it("does not judge a change in another zone, though it has the same names", () => {
    const there = changing(["DELETE", secondary]).replace("Z1", "/hostedzone/Z9");
    const resources = [
      ...pairResources,
      resource("aws:route53/zone:Zone", "inside", { zoneId: "Z9", name: "a.test" }),
    ];
    expect(verdictOn(there)).to.deep.equal([
      "unknown",
      "Z9 is none of the zones of the model, so what it does there is not judged",
    ]);
    expect(verdictOn(there, { resources })).to.deep.equal([
      "unknown",
      "the model has no record www.a.test A [secondary]",
    ]);
    expect(verdictOn(there.replace("Z9", "Z1"), { resources })[0]).to.equal("harmful");
  });

  it("does not know whether a zone is meant whose id is not known", () => {
    const there = changing(["DELETE", secondary]).replace("Z1", "Z9");
    const unread = pairResources.map((one) => ({
      ...one,
      outputs: { ...one.outputs, zoneId: "a.test" },
    }));
    const lost = "with 8.8.4.1 down www.a.test A";
    const [verdict, only, harm] = verdictOn(there, { resources: unread });
    expect([verdict, only]).to.deep.equal([
      "unknown",
      "harmful only if Z9 is a.test, whose id was not read",
    ]);
    expect(harm).to.include(lost);
    expect(verdictOn(there, { hasIds: false })[1]).to.equal(
      "harmful only if Z9 is a.test, whose id is not known before a deployment; give its export with --from",
    );
  });

  it("knows an address at which a resource of the source serves", () => {
    const resources = [
      ...pairResources,
      record("other", { name: "other.a.test", records: ["8.8.4.9"] }),
    ];
    const found = verdictOn(changing(["UPSERT", { ...secondary, ...values("8.8.4.9") }]), {
      resources,
    });
    expect(found[0]).to.equal("harmless");
  });
});
