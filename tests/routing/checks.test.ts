import { expect } from "chai";
import type { EndpointHealthCheck, HealthCheck, UnknownStatus } from "../../routing/model";
import { AnsweringView } from "../../routing/resolve";
import type { World } from "./sample";
import {
  address,
  alarmCheck,
  calculatedCheck,
  endpointCheck,
  faultsOf,
  observationsOf,
  primary,
  route53Of,
  secondary,
  viewOf,
} from "./sample";

function healthy(id: string, stackModel: World): boolean {
  return viewOf(stackModel).checkHealthy(id);
}

describe("the status of a check", () => {
  it("H15 is healthy until there is data, and unhealthy when the check is inverted", () => {
    const kinds: readonly ((inverted: boolean) => HealthCheck)[] = [
      (inverted) => endpointCheck("c", { inverted }),
      (inverted) => alarmCheck("c", "Unhealthy", { inverted }),
      (inverted) => calculatedCheck("c", ["child"], 1, { inverted }),
    ];
    for (const kind of kinds) {
      const at = (inverted: boolean): boolean =>
        healthy("c", {
          checks: [kind(inverted), endpointCheck("child")],
          seen: { c: "noData", child: "noData" },
        });
      expect(at(false)).to.equal(true);
      expect(at(true)).to.equal(false);
    }
  });

  it("H16 reverses the result of an inverted check", () => {
    const checks = [endpointCheck("c", { inverted: true })];
    expect(healthy("c", { checks, seen: { c: "healthy" } })).to.equal(false);
    expect(healthy("c", { checks, seen: { c: "unhealthy" } })).to.equal(true);
  });

  it("H16 is healthy while the check is disabled, whatever it would see", () => {
    const checks = [endpointCheck("c", { disabled: true })];
    for (const seen of ["healthy", "unhealthy"] as const) {
      expect(healthy("c", { checks, seen: { c: seen } })).to.equal(true);
    }
  });

  it("H16 is unhealthy while the check is disabled and inverted, by assumption", () => {
    const checks = [endpointCheck("c", { disabled: true, inverted: true })];
    for (const seen of ["healthy", "unhealthy"] as const) {
      expect(healthy("c", { checks, seen: { c: seen } })).to.equal(false);
      const assumptions = { invertedDisabledIsUnhealthy: false };
      expect(healthy("c", { checks, seen: { c: seen }, assumptions })).to.equal(true);
    }
  });

  it("K3 counts a disabled and inverted child as unhealthy (H16)", () => {
    const checks = [
      calculatedCheck("all", ["off", "x"], 2),
      endpointCheck("off", { disabled: true, inverted: true }),
      endpointCheck("x"),
    ];
    expect(healthy("all", { checks })).to.equal(false);
  });

  it("H17 is that of the check's endpoint, whatever address the record has", () => {
    const view = viewOf({
      records: [
        address("a.test", "192.0.2.1", primary, "c"),
        address("a.test", "192.0.2.2", secondary),
      ],
      checks: [endpointCheck("c", { ipAddress: "203.0.113.9" })],
      seen: { c: "unhealthy" },
    });
    expect(view.resolve("a.test", "A").answers.map(({ value }) => value)).to.deep.equal([
      "192.0.2.2",
    ]);
  });

  const children = [endpointCheck("x"), endpointCheck("y"), endpointCheck("z")];
  const calculated = (threshold: number, dead: readonly string[]): boolean =>
    healthy("all", {
      checks: [calculatedCheck("all", ["x", "y", "z"], threshold), ...children],
      seen: Object.fromEntries(dead.map((id) => [id, "unhealthy" as const])),
    });

  it("K1 is healthy when at least threshold-many children are", () => {
    expect(calculated(2, ["x"])).to.equal(true);
    expect(calculated(2, ["x", "y"])).to.equal(false);
  });

  it("K1 is always healthy at threshold 0 and never above the number of children", () => {
    expect(calculated(0, ["x", "y", "z"])).to.equal(true);
    expect(calculated(4, [])).to.equal(false);
  });

  it("H14 of an address that is not public is refused by name, unless it probes from a VPC", () => {
    const faultsWith = (check: Partial<EndpointHealthCheck>): readonly string[] =>
      faultsOf(
        {
          records: [
            address("a.test", "192.0.2.1", primary, "outer"),
            address("a.test", "192.0.2.2", secondary),
          ],
          checks: [calculatedCheck("outer", ["x"], 1), endpointCheck("x", check)],
        },
        "a.test",
      );
    const refused = (ipAddress: string): string =>
      `x: Route 53 rejects a check of an address that is not public (H14), got ${ipAddress}; use the endpoint's public address, or an alarm check`;
    for (const ipAddress of ["10.0.0.5", "127.0.0.1", "169.254.0.1", "fd00::1"]) {
      expect(faultsWith({ ipAddress })).to.deep.equal([refused(ipAddress)]);
      expect(faultsWith({ ipAddress, isPrivate: true })).to.deep.equal([]);
    }
    for (const check of [
      { ipAddress: "172.32.0.0" },
      { ipAddress: "2600:1f14::1" },
      // A provider may fill in an empty text.
      { ipAddress: "", byAddress: false, fullyQualifiedDomainName: "b.test" },
    ]) {
      expect(faultsWith(check)).to.deep.equal([]);
    }
  });

  it("K1, K2 of more children, or of a higher threshold, than Route 53 accepts is refused by name", () => {
    const faultsWith = (count: number, threshold: number): readonly string[] => {
      const children = Array.from({ length: count }, (_, index) => endpointCheck(`x${index}`));
      return faultsOf(
        {
          records: [
            address("a.test", "192.0.2.1", primary, "outer"),
            address("a.test", "192.0.2.2", secondary),
          ],
          checks: [
            calculatedCheck(
              "outer",
              children.map(({ id }) => id),
              threshold,
            ),
            ...children,
          ],
        },
        "a.test",
      );
    };
    expect(faultsWith(255, 0)).to.deep.equal([]);
    expect(faultsWith(1, 256)).to.deep.equal([]);
    expect(faultsWith(256, 257)).to.deep.equal([
      "outer.childHealthThreshold: must be a whole number from 0 to 256 (K1), got 257; Route 53 refuses the check, so correct it",
      "outer.childHealthchecks: must be at most 255 (K2), got 256; Route 53 refuses the check, so correct it",
    ]);
    expect(faultsWith(1, -1)).to.have.lengthOf(1);
  });

  it("K2 of a calculated child is refused by name", () => {
    const faults = faultsOf(
      {
        records: [
          address("a.test", "192.0.2.1", primary, "outer"),
          address("a.test", "192.0.2.2", secondary),
        ],
        checks: [
          calculatedCheck("outer", ["inner"], 1),
          calculatedCheck("inner", ["x"], 1),
          endpointCheck("x"),
        ],
      },
      "a.test",
    );
    expect(faults).to.deep.equal([
      "outer: a calculated check cannot have a calculated child (K2), got inner; use its children instead",
    ]);
  });

  it("K3 counts a disabled child as healthy, and an inverted one by its reversed result", () => {
    const checks = [
      calculatedCheck("all", ["off", "turned"], 2),
      endpointCheck("off", { disabled: true }),
      endpointCheck("turned", { inverted: true }),
    ];
    expect(healthy("all", { checks, seen: { off: "unhealthy", turned: "unhealthy" } })).to.equal(
      true,
    );
    expect(healthy("all", { checks, seen: { turned: "healthy" } })).to.equal(false);
  });

  it("K5 follows the data of an alarm", () => {
    const checks = [alarmCheck("alarm", "Healthy")];
    expect(healthy("alarm", { checks, seen: { alarm: "unhealthy" } })).to.equal(false);
    expect(healthy("alarm", { checks, seen: { alarm: "healthy" } })).to.equal(true);
  });

  it("K6 follows the setting for missing data", () => {
    const silent = (status: "Healthy" | "Unhealthy"): boolean =>
      healthy("alarm", { checks: [alarmCheck("alarm", status)], seen: { alarm: "missingData" } });
    expect(silent("Healthy")).to.equal(true);
    expect(silent("Unhealthy")).to.equal(false);
  });

  it("K6 keeps the last status, which is healthy for a new check", () => {
    const stackModel = {
      checks: [alarmCheck("alarm", "LastKnownStatus")],
      seen: { alarm: "missingData" },
    } as const;
    expect(healthy("alarm", stackModel)).to.equal(true);
    expect(healthy("alarm", { ...stackModel, lastKnown: { alarm: "unhealthy" } })).to.equal(false);
  });

  it("is unknown where the check belongs to another stack or its type is not modelled", () => {
    const problems = ["odd: a check of type X is not modelled"];
    const route53 = route53Of({ checks: [endpointCheck("odd", { problems })] });
    const status = (id: string, is: boolean): readonly [boolean, string] => {
      let asked = "";
      const unread = ({ name, why }: UnknownStatus): boolean => {
        asked = `${name}: ${why}`;
        return is;
      };
      const view = new AnsweringView(route53, { ...observationsOf({}), unread });
      return [view.checkHealthy(id), asked];
    };
    expect(status("gone", true)).to.deep.equal([true, "gone: it is a check of another stack"]);
    expect(status("gone", false)[0]).to.equal(false);
    expect(status("odd", false)).to.deep.equal([false, "odd: a check of type X is not modelled"]);
  });

  it("K10 is the position of a routing control", () => {
    const checks: readonly HealthCheck[] = [
      { kind: "recoveryControl", id: "c", label: "c", inverted: false, disabled: false },
    ];
    expect(healthy("c", { checks, seen: { c: "healthy" } })).to.equal(true);
    expect(healthy("c", { checks, seen: { c: "unhealthy" } })).to.equal(false);
  });
});
