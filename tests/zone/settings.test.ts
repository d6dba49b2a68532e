import { expect } from "chai";
import { InputError } from "../../routing/inputError";
import { parseZoneSettings } from "../../zone/settings";

const least = { hostedZone: "cafe.com", alerts: { email: "ops-team@cafe.com" } };

function faultsOf(values: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    parseZoneSettings({ ...least, ...values });
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
}

describe("the settings of a zone", () => {
  it("have defaults for all but its name and the recipient", () => {
    expect(parseZoneSettings(least)).to.deep.equal({
      hostedZone: "cafe.com",
      certificateAuthorities: ["amazon.com"],
      queryLogging: false,
      dnssec: false,
      acceleratedRecovery: false,
      protect: false,
      alerts: {
        email: "ops-team@cafe.com",
        topicName: "CafeZoneAlerts",
        runbookUrl: "docs/runbook.md",
      },
    });
  });

  it("accept another owner's zone at the boundaries of its id, and no authorities", () => {
    for (const existingZoneId of ["Z1", "Z0123456789ABCDEFGHIJ"]) {
      expect(faultsOf({ existingZoneId, certificateAuthorities: [] })).to.deep.equal([]);
    }
    expect(faultsOf({ certificateAuthorities: ["letsencrypt.org", "awstrust.com"] })).to.deep.equal(
      [],
    );
  });

  const faults: readonly [title: string, values: Readonly<Record<string, unknown>>, string][] = [
    [
      "an unknown key with a typo",
      { dnsec: true },
      "dnsec: unknown key, got true; did you mean dnssec?",
    ],
    [
      "a zone by the path of its id",
      { existingZoneId: "/hostedzone/Z1" },
      'existingZoneId: must be the id of a hosted zone, got "/hostedzone/Z1"; write it as the console shows it, such as Z0123456789ABCDEFGHIJ',
    ],
    [
      "deletion protection of another owner's zone",
      { existingZoneId: "Z1", protect: true, dnssec: true },
      "protect: must be false with existingZoneId, got true; the project that creates the zone decides that",
    ],
    [
      "accelerated recovery of another owner's zone",
      { existingZoneId: "Z1", acceleratedRecovery: true },
      "acceleratedRecovery: must be false with existingZoneId, got true; the project that creates the zone decides that",
    ],
    [
      "authorities without ACM's",
      { certificateAuthorities: ["letsencrypt.org"] },
      'certificateAuthorities: must be a list with one of amazon.com, amazontrust.com, awstrust.com, amazonaws.com, got ["letsencrypt.org"]; ACM needs it to issue certificates; add amazon.com',
    ],
    [
      "an authority by its name",
      { certificateAuthorities: ["amazon.com", "Let's Encrypt"] },
      'certificateAuthorities[1]: must be the domain of a certificate authority, got "Let\'s Encrypt"; for example amazon.com',
    ],
    [
      "authorities that are not a list",
      { certificateAuthorities: "amazon.com" },
      'certificateAuthorities: must be a list of domains, got "amazon.com"; for example [amazon.com]',
    ],
    [
      "no recipient",
      { alerts: {} },
      "alerts.email: must be an e-mail address, got nothing; for example ops-team@cafe.com",
    ],
  ];
  for (const [title, values, line] of faults) {
    it(`refuse ${title}`, () => {
      expect(faultsOf(values)).to.deep.equal([line]);
    });
  }

  it("report all faults at once", () => {
    const values = { hostedZone: "Cafe", existingZoneId: "Z1", protect: true, queryLogging: "yes" };
    expect(faultsOf(values).map((fault) => fault.split(":")[0])).to.deep.equal([
      "hostedZone",
      "queryLogging",
      "protect",
    ]);
  });
});
