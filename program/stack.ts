/** The properties of the stack that every part of the program needs. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Probe, Tags } from "../components";
import type { RegionSettings, Settings } from "../config";

export interface ProgramContext {
  readonly settings: Settings;
  /** The first hostname: the names of the tiers are below it. */
  readonly tree: string;
  /** The provider of a region, created on first use. */
  readonly providerOf: (region: string) => aws.Provider;
  /** The record name of a region, which a release does not change. */
  readonly recordNameOf: (region: RegionSettings) => string;
  /** The probe of the deep check, by a region's entry name. */
  readonly regionProbe: Probe;
  readonly tags: Tags;
  /** ARN of the policy that bounds every role; undefined if the stack sets none. */
  readonly permissionsBoundary: pulumi.Output<string> | undefined;
}

export function programContextOf(settings: Settings): ProgramContext {
  const [tree] = settings.hostnames;
  const { scheme, token } = settings.checks.endpoint;
  const providerOf = regionProviders(settings);
  return {
    settings,
    tree,
    providerOf,
    recordNameOf: ({ name }) => `${name}.${tree}`,
    regionProbe: { ...settings.checks.region, scheme, token },
    tags: {
      Project: pulumi.getProject(),
      Environment: pulumi.getStack(),
      Contact: settings.alerts.email,
    },
    permissionsBoundary: boundaryArn(settings, providerOf(settings.regions.primary.region)),
  };
}

/** The policy is in the account that the stack is deployed to. */
function boundaryArn(
  { permissionsBoundary }: Settings,
  provider: aws.Provider,
): pulumi.Output<string> | undefined {
  if (permissionsBoundary === undefined) return undefined;
  const { accountId } = aws.getCallerIdentityOutput({}, { provider });
  return pulumi.interpolate`arn:aws:iam::${accountId}:policy/${permissionsBoundary}`;
}

/**
 * One provider per region, named after it. Default providers are disabled, so no resource is
 * created in the wrong region. Route 53 and IAM are global: they use the primary region's provider.
 */
function regionProviders(settings: Settings): (region: string) => aws.Provider {
  const providers = new Map<string, aws.Provider>();
  return (region) => {
    const known = providers.get(region);
    if (known) return known;
    const provider = new aws.Provider(region, { region, ...identifiedElsewhere(settings, region) });
    providers.set(region, provider);
    return provider;
  };
}

/**
 * Before anything else, a provider requests its identity from its region's STS; without an answer
 * it does nothing, not even for global resources. The provider of an unreachable region asks STS in
 * the other region. The provider's own validation cannot use another region, so it is skipped
 * (pulumi-aws, provider/config.go, validateCredentials; terraform-provider-aws,
 * internal/conns/config.go).
 */
function identifiedElsewhere(
  { regions, unreachable }: Settings,
  region: string,
): Pick<aws.ProviderArgs, "stsRegion" | "skipCredentialsValidation"> {
  if (unreachable?.region !== region) return {};
  const { primary, standby } = regions;
  const other = primary.region === region ? standby : primary;
  return { stsRegion: other.region, skipCredentialsValidation: true };
}
