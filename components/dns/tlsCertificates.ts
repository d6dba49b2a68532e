import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as rules from "../../constraints/rules";
import { certifiedNames, furtherNamesMax, provenName } from "../../routing/certifiedNames";
import { check, refuse } from "../common/argumentFaults";
import type { ArgumentFault } from "../common/argumentFaults";
import type { Tags } from "../common/tags";

export interface TlsCertificatesArgs {
  /** Id of the hosted zone of all names. */
  readonly zoneId: pulumi.Input<string>;
  /** Public names, first the parent of the tiers' names; plain, because each has a record. */
  readonly hostnames: readonly [string, ...string[]];
  /**
   * A provider for each region that needs a certificate, by region: those of balancers, and
   * us-east-1 for CloudFront. Plain, because each names resources.
   */
  readonly providers: Readonly<Record<string, aws.Provider>>;
  readonly tags: Tags;
}

/** TTL of a validation record in seconds; the record never changes. */
const validationTtlSeconds = 300;

/**
 * Certificates for the public names and all names of the tree (`*.<first hostname>`, because region
 * checks present a region's name), one per region.
 * The names depend only on the hostnames, because other names mean another certificate: each
 * hostname itself, or wildcards if the hostnames exceed the limit of a certificate
 * (`certifiedNames`).
 * ACM asks for the same record in every region, and for a wildcard the same as for its parent: one
 * record per name validates them all, and stays for renewals.
 * ACM asks all certificates of an account for the same record for a name. So existing records are
 * adopted, which the provider refuses by default (route53/record.go, resourceRecordCreate), and
 * they remain in the zone when this is deleted.
 * Children: `<name>-<region>`, `<name>-issued-<region>`, `<name>-validation-<name>`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when a name or region is invalid.
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class TlsCertificates extends pulumi.ComponentResource {
  /** ARNs by region, known once the certificate is issued. */
  readonly arns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: TlsCertificatesArgs, opts?: pulumi.ComponentResourceOptions) {
    const { zoneId, hostnames, providers, tags } = args;
    refuse(`TlsCertificates "${name}"`, [
      ...hostnames.flatMap((one, index) => check(`hostnames[${index}]`, one, rules.hostname)),
      ...roomFaults(hostnames),
      ...Object.keys(providers).flatMap((region) =>
        check(`providers.${region}`, region, rules.region),
      ),
    ]);
    super("failover:index:TlsCertificates", name, {}, opts);

    const [first] = hostnames;
    const names = [...new Set([first, `*.${first}`, ...certifiedNames(hostnames).slice(1)])];
    const proven = [...new Set(names.map(provenName))];
    const requested = Object.entries(providers).map(([region, provider]) => {
      const certificate = new aws.acm.Certificate(
        `${name}-${region}`,
        {
          domainName: first,
          subjectAlternativeNames: names.slice(1),
          validationMethod: "DNS",
          tags: { ...tags, Name: `${name}-${region}` },
        },
        { parent: this, provider },
      );
      return { region, provider, certificate };
    });
    const [example] = requested;
    const validationRecordFqdns = example
      ? proven.map(
          (one) =>
            validationRecord(`${name}-validation-${one}`, zoneId, one, example.certificate, {
              parent: this,
            }).fqdn,
        )
      : [];
    this.arns = Object.fromEntries(
      requested.map(({ region, provider, certificate }) => {
        const issued = new aws.acm.CertificateValidation(
          `${name}-issued-${region}`,
          { certificateArn: certificate.arn, validationRecordFqdns },
          { parent: this, provider },
        );
        return [region, issued.certificateArn];
      }),
    );
    this.registerOutputs({ arns: this.arns });
  }

  /**
   * ARN of the certificate in a region.
   *
   * @throws Error if the region has none.
   */
  arnIn(region: string): pulumi.Output<string> {
    const arn = this.arns[region];
    if (arn) return arn;
    const known = Object.keys(this.arns).join(", ");
    throw new Error(`arnIn: must be a region with a certificate, got "${region}"; it has ${known}`);
  }
}

function roomFaults(hostnames: TlsCertificatesArgs["hostnames"]): readonly ArgumentFault[] {
  const further = certifiedNames(hostnames).length - 1;
  return further <= furtherNamesMax
    ? []
    : [
        {
          propertyPath: "hostnames",
          reason: rules.reasonOf(
            {
              must: `below at most ${furtherNamesMax} names`,
              remedy:
                "choose names that share a parent, since one wildcard covers all names below it",
            },
            further,
          ),
        },
      ];
}

function validationRecord(
  name: string,
  zoneId: pulumi.Input<string>,
  proven: string,
  certificate: aws.acm.Certificate,
  opts: pulumi.CustomResourceOptions,
): aws.route53.Record {
  const option = certificate.domainValidationOptions.apply((options) => {
    const found =
      options.find(({ domainName }) => domainName === proven) ??
      options.find(({ domainName }) => provenName(domainName) === proven);
    if (found) return found;
    throw new Error(`${proven}: ACM returned no validation record; check the certificate's state`);
  });
  return new aws.route53.Record(
    name,
    {
      zoneId,
      name: option.resourceRecordName,
      type: option.resourceRecordType,
      records: [option.resourceRecordValue],
      ttl: validationTtlSeconds,
      // Another certificate of the account may have created the same record already.
      allowOverwrite: true,
    },
    // That other certificate may renew with it, and it contains nothing secret.
    { ...opts, retainOnDelete: true },
  );
}
