import { expect } from "chai";
import { rehearseSource } from "../../../rehearsal/rehearseSource";
import type { StackRehearsal, StoryStep } from "../../../rehearsal/result";
import { rehearsalReport } from "../../../rehearsal/story/report";
import { ownStack, summaryBlocks } from "../../../rehearsal/story/summary";
import { tiersFigure } from "../../../rehearsal/story/tiersFigure";
import { timelineOf } from "../../../rehearsal/story/timeline";
import { timelineFigure } from "../../../rehearsal/story/timelineFigure";
import { verdictOf } from "../../../rehearsal/story/wording";
import { asHtml } from "../../../rehearsal/report/asHtml";
import { asMarkdown } from "../../../rehearsal/report/asMarkdown";
import type { Properties, Resource } from "../../../routing/graph/resource";
import { latched } from "../../cli/commands/latched";
import { pair, record, resource, zone } from "../../routing/graph/stack";

const checkType = "aws:route53/healthCheck:HealthCheck";
const checked = { type: "HTTP_STR_MATCH", searchString: "ok", ipAddress: "198.51.100.1" };

/** A server with a check, and an address elsewhere. */
const read: readonly Resource[] = [
  ...pair({ records: ["198.51.100.1"] }, checked),
  resource("aws:ec2/instance:Instance", "web", { subnetId: "subnet-a" }),
  resource("aws:ec2/eip:Eip", "ip", { publicIp: "198.51.100.1", instance: "web" }),
];
/** The same, with a check of another stack. */
const unread = read.filter(({ name }) => name !== "check");

const rehearsed = (resources: readonly Resource[]): ReturnType<typeof rehearseSource> =>
  rehearseSource({ title: "zone", resources, notes: [] });

function storyOf(resources: readonly Resource[]): readonly StoryStep[] {
  return rehearsed(resources).stacks[0]?.story ?? [];
}

function textOf(resources: readonly Resource[]): string {
  return asMarkdown(rehearsalReport(rehearsed(resources)), 1).replace(/ +/g, " ");
}

describe("the story of a name whose check was not read", () => {
  it("says of each answer and each time on what it depends", () => {
    const [before, lost] = storyOf(unread);
    expect([before?.dependsOn, before?.isDeadOpen]).to.deep.equal([["check"], undefined]);
    expect([lost?.dependsOn, lost?.isDeadOpen]).to.deep.equal([["check"], true]);
    expect(lost?.bounds?.[0]).to.deep.equal({
      death: "refused",
      detection: null,
      downtime: null,
      dependsOn: ["check"],
      terms: [],
    });
  });

  it("prints perhaps where it would print never and a dead answer, and up to before the minutes, and says why", () => {
    const text = textOf(unread);
    expect(text).to.match(/\| zone \| unknown \| perhaps endless \| up to 228\.0 min \|/);
    expect(text).to.match(/\| us-west-2a fails \| perhaps us-west-2a ✗ dead \| perhaps never \|/i);
    expect(text).to.match(/\| refuses connections \| perhaps never \|/);
    expect(text).to.include(
      "Not known: check. Answers and times are those while what was not read",
    );
    expect(text.replace(/\s+/g, " ")).to.include(
      "customers are on a dead answer, and do not move; unknown: depends on check",
    );
    expect(text).not.to.match(/\| never \|/);
  });

  it("is named on the first screen also if another name is the first", () => {
    const [first, second] = [read, unread].flatMap((some) => rehearsed(some).stacks);
    if (!first || !second) throw new Error("no story");
    const notesOf = (...stacks: readonly StackRehearsal[]): string =>
      JSON.stringify(summaryBlocks({ stacks }, ownStack));
    expect(notesOf(first, second)).to.include("Not known: check.");
    expect(notesOf(first)).not.to.include("Not known");
  });

  it("says so below each picture of who answers", () => {
    const [stack] = rehearsed(unread).stacks;
    if (!stack) throw new Error("no story");
    const captions = tiersFigure(stack).panels.map(({ caption }) => caption);
    expect(captions.length).to.be.greaterThan(1);
    for (const caption of captions) expect(caption).to.match(/; unknown: depends on check$/);
  });

  it("is no problem but something unknown", () => {
    const { isUnknown, reasons } = verdictOf(rehearsed(unread));
    expect(isUnknown).to.equal(true);
    expect(reasons[0]).to.equal(
      'whether the answer after "us-west-2a fails" is dead depends on check',
    );
  });

  it("is a problem where the answer is dead in any case, whoever answers", () => {
    const both = unread.map((one) =>
      one.name === "www-secondary"
        ? { ...one, outputs: { ...one.outputs, records: ["198.51.100.1"] } }
        : one,
    );
    expect(verdictOf(rehearsed(both)).reasons[0]).to.equal(
      'after "us-west-2a fails" the answer is dead, whatever the status of check',
    );
  });

  it("says nothing of the kind where all was read", () => {
    expect(JSON.stringify(storyOf(read))).not.to.include("dependsOn");
    expect(textOf(read)).not.to.match(/perhaps|Not known|depends on/);
  });

  it("says never of what no check can notice, whatever was not read", () => {
    const disabled = read.map((one) =>
      one.name === "check"
        ? { ...one, inputs: {}, outputs: { ...one.outputs, disabled: true } }
        : one,
    );
    const low = record("low", { name: "low.a.test", records: ["198.51.100.2"] });
    const steps = storyOf([...disabled, low]);
    expect(steps[1]?.bounds?.[0]).to.include({ downtime: null });
    expect(steps[1]).not.to.have.property("dependsOn");
    expect(verdictOf(rehearsed(disabled)).isUnknown).to.equal(undefined);
  });

  it("says of an objective that it is perhaps never reached, its downtime endless", () => {
    const facts = (target: number): Resource =>
      resource(
        "pulumi:pulumi:Stack",
        "stack",
        {
          hostname: "www.a.test",
          hostnames: ["www.a.test"],
          objectives: { zoneOrRegionDowntimeSeconds: target },
        },
        { custom: false },
      );
    const rehearsal = rehearsed([...unread, facts(90)]);
    const [stack] = rehearsal.stacks;
    expect(stack?.objectives).to.deep.equal([
      {
        name: "zoneOrRegion.downtime",
        target: 90,
        worst: null,
        met: false,
        dependsOn: ["check"],
      },
    ]);
    expect(verdictOf(rehearsal).reasons).to.deep.equal([
      "Zone or region: downtime is perhaps endless (unknown: depends on check), allowed 90 s",
    ]);
    const text = asMarkdown(rehearsalReport(rehearsal), 1).replace(/ +/g, " ");
    expect(text).to.include(
      "| Zone or region: downtime | perhaps endless, target 90 s | unknown |",
    );
  });
});

describe("the story of a balancer of which nobody knows how soon its loss is noticed", () => {
  const dnsName = "alb-1.us-west-2.elb.amazonaws.com";
  const balancer = [
    resource("aws:lb/loadBalancer:LoadBalancer", "alb", { arn: "arn:alb", dnsName }),
    resource("aws:lb/listener:Listener", "listener", {
      loadBalancerArn: "arn:alb",
      defaultActions: [{ type: "fixed-response" }],
    }),
  ];
  const alias: Properties = {
    aliases: [{ name: dnsName, zoneId: "Z1", evaluateTargetHealth: true }],
    healthCheckId: null,
    ttl: null,
  };

  it("says that it is perhaps never, and on what that depends (A7)", () => {
    const lost = storyOf([...pair(alias), ...balancer]).find(({ faults }) => faults.length > 0);
    expect(lost?.answers.map(({ value }) => value)).to.deep.equal(["203.0.113.99"]);
    expect(lost?.bounds?.[0]).to.deep.include({
      downtime: null,
      dependsOn: ["how soon Route 53 notices the target groups of www-primary"],
    });
  });
});

describe("the story of checks", () => {
  const check = (name: string, outputs: Properties): Resource =>
    resource(checkType, name, { type: "HTTP_STR_MATCH", searchString: "ok", ...outputs });
  const member = (letter: string, address: string, healthCheckId: string): Resource =>
    record(`www-${letter}`, {
      setIdentifier: letter,
      weightedRoutingPolicies: [{ weight: letter === "a" ? 9 : 1 }],
      records: [address],
      healthCheckId,
    });
  const weighted = { setIdentifier: "www", weightedRoutingPolicies: [{ weight: 1 }] };
  const zone = pair({}).filter(({ type }) => type === "aws:route53/zone:Zone");
  const titlesOf = (...resources: readonly Resource[]): readonly string[] =>
    storyOf([...zone, ...resources]).map(({ step }) => step);

  it("names the address or the name that fails, and the record of a check that watches neither", () => {
    expect(
      titlesOf(
        check("c0", { ipAddress: "8.8.4.1" }),
        check("c1", { type: "CALCULATED", childHealthchecks: ["c0"], childHealthThreshold: 1 }),
        member("a", "8.8.4.1", "c0"),
        member("b", "8.8.4.2", "c1"),
      ),
    ).to.deep.equal(["no fault", "8.8.4.1 fails", "all recover"]);
    expect(
      titlesOf(
        check("c0", { fqdn: "one.partner.test" }),
        check("c1", { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "orders" }),
        member("a", "8.8.4.1", "c0"),
        member("b", "8.8.4.2", "c1"),
      ),
    ).to.deep.equal(["no fault", "one.partner.test fails", "www-b fails", "all recover"]);
  });

  it("fails an address once, with all checks that watch it", () => {
    expect(
      titlesOf(
        check("c0", { ipAddress: "8.8.4.1", port: 80 }),
        check("c1", { ipAddress: "8.8.4.1", port: 443 }),
        member("a", "8.8.4.1", "c0"),
        member("b", "8.8.4.2", "c1"),
      ),
    ).to.deep.equal(["no fault", "8.8.4.1 fails", "all recover"]);
  });

  it("tells two checks apart that watch what is called alike", () => {
    expect(
      titlesOf(
        check("c0", { port: 80 }),
        check("c1", { port: 443 }),
        member("a", "8.8.4.1", "c0"),
        member("b", "8.8.4.2", "c1"),
      ),
    ).to.deep.equal([
      "no fault",
      "an address that is not known yet fails",
      "an address that is not known yet fails (c1)",
      "all recover",
    ]);
  });

  it("shows the customers of a lone address on a dead answer until it recovers", () => {
    const [stack] = rehearsed([
      ...zone,
      check("c0", { ipAddress: "8.8.4.1" }),
      member("a", "8.8.4.1", "c0"),
    ]).stacks;
    if (!stack) throw new Error("nothing is played");
    const { panels } = timelineFigure(timelineOf(stack));
    expect(panels.map(({ title, caption }) => `${title}: ${caption}`)).to.deep.equal([
      "8.8.4.1 fails: customers are on a dead answer, and do not move",
      "all recover: no customers move",
    ]);
    // Where several come back one after the other, others may answer in between.
    const [first] = stack.story;
    if (!first) throw new Error("no step");
    const back = { ...first, step: "all recover", death: "returns", detection: 44, downtime: 64 };
    const [panel] = timelineFigure(timelineOf({ ...stack, story: [first, back] })).panels;
    expect(panel?.caption).to.equal("the same answer as before, for good after 64 s");
  });

  it("draws no timeline where nothing happens", () => {
    const text = textOf([...zone, record("www", { records: ["8.8.4.1"], ...weighted })]);
    expect(text).to.include("| no fault |").and.not.to.include("to scale");
  });

  it("shows the customers of an address that fails on a dead answer until they are moved, and ends with the last", () => {
    const [stack] = rehearsed([
      ...zone,
      check("c0", { ipAddress: "8.8.4.1" }),
      check("c1", { ipAddress: "8.8.4.2" }),
      member("a", "8.8.4.1", "c0"),
      member("b", "8.8.4.2", "c1"),
    ]).stacks;
    if (!stack) throw new Error("nothing is played");
    expect(stack.story.map(({ step, faults }) => [step, faults])).to.deep.equal([
      ["no fault", []],
      ["8.8.4.1 fails", ["8.8.4.1"]],
      ["all recover", []],
    ]);
    const [lost, back] = timelineFigure(timelineOf(stack)).panels;
    expect(lost?.bars.map(({ lane, kind }) => `${lane} ${kind}`)).to.include("www-a notices");
    expect(lost?.caption).to.match(/^detected in \d+ s, all moved in \d+ s; worst if it /);
    expect(back?.caption).to.match(/; every customer has an answer$/);
  });
});

describe("the story of a name with a latch that was not read", () => {
  it("is that of a released latch, says so, and names the latch where it decides", () => {
    const [stack] = rehearsed(latched(2)).stacks;
    const [before, lost] = stack?.story ?? [];
    expect(before?.answers.map(({ value }) => value)).to.deep.equal(["198.51.100.1"]);
    expect(before?.dependsOn).to.deep.equal(["latch"]);
    expect([lost?.step, lost?.answers.map(({ value }) => value)]).to.deep.equal([
      "us-west-2a fails",
      ["203.0.113.99"],
    ]);
    expect(stack?.notes).to.include(
      "Assumed unhealthy: latch; it watches stop.example.org, which is outside this stack.",
    );
    expect(textOf(latched(2))).to.include(
      "Answers and times are those while what was not read is healthy, and a latch released",
    );
  });

  it("says on its page, as in its text, that customers perhaps never move", async () => {
    const timelines = rehearsalReport(rehearsed(latched(2)));
    const page = await asHtml(timelines);
    expect(page).to.match(/customers perhaps never move; unknown: depends on latch/);
    expect(page).not.to.match(/customers never move/);
    expect(await asHtml(rehearsalReport(rehearsed(read)))).not.to.match(/perhaps never/);
  });
});

describe("the story of a name with names that fail already", () => {
  const check = (name: string, fqdn: string): Resource =>
    resource(checkType, name, { type: "HTTP", fqdn, requestInterval: 30, failureThreshold: 3 });
  const member = (
    role: "PRIMARY" | "SECONDARY",
    healthCheckId: string,
    value: string,
    type = "A",
  ) =>
    record(role, {
      ...{ type, records: [value], setIdentifier: role, healthCheckId },
      failoverRoutingPolicies: [{ type: role }],
    });
  const whole = { ...zone, isWhole: true as const };

  it("H13 does not play the loss of a name that its whole zone lacks, and says that it fails", () => {
    const [stack] = rehearsed([
      ...[whole, check("c0", "gone.a.test"), check("c1", "lost.a.test")],
      ...[member("PRIMARY", "c0", "8.8.4.1"), member("SECONDARY", "c1", "8.8.4.2")],
    ]).stacks;
    expect(stack?.story.map(({ step }) => step)).to.deep.equal(["no fault"]);
    expect(stack?.notes).to.include.members([
      "Fails already: gone.a.test has no record in zone, of which all were read (H13), so c0 is unhealthy.",
      "Fails already: lost.a.test has no record in zone, of which all were read (H13), so c1 is unhealthy.",
    ]);
  });

  it("H13 plays it where the zone was not read as a whole", () => {
    const [stack] = rehearsed([
      ...[zone, check("c0", "gone.a.test"), check("c1", "lost.a.test")],
      ...[member("PRIMARY", "c0", "8.8.4.1"), member("SECONDARY", "c1", "8.8.4.2")],
    ]).stacks;
    expect(stack?.story.map(({ step }) => step)).to.include("gone.a.test fails");
    expect(stack?.notes.join(" ")).not.to.include("Fails already");
  });

  it("says so of a CNAME that leads to such a name", () => {
    const [stack] = rehearsed([
      ...[whole, check("c0", "up.elsewhere.test")],
      member("PRIMARY", "c0", "gone.a.test", "CNAME"),
      member("SECONDARY", "", "up.elsewhere.test", "CNAME"),
    ]).stacks;
    expect(stack?.notes).to.include(
      "Fails already: gone.a.test has no answer for A, so PRIMARY has none.",
    );
  });
});
