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
  /** Public names, the one that the tiers' names hang below first; plain, as each has a record. */
  readonly hostnames: readonly [string, ...string[]];
  /**
   * A provider for each region that needs a certificate, by region: those of balancers, and us-east-1
   * for CloudFront. Plain, as each names resources.
   */
  readonly providers: Readonly<Record<string, aws.Provider>>;
  readonly tags: Tags;
}

/** Seconds that resolvers may keep a validation record, which never changes. */
const validationTtlSeconds = 300;

/**
 * Certificates for the public names and for all names of the tree (`*.<first hostname>`, as region
 * checks present a region's name), one in each region.
 *
 * The names depend on nothing but the hostnames, because a certificate with other names is another
 * certificate: each hostname by itself, or wildcards where those are more than a certificate can have
 * (`certifiedNames`). ACM asks for the same record in every region, and for a wildcard the same as for
 * the name above it: one record for each name proves them all, and stays so that they are renewed.
 *
 * ACM asks all certificates of an account for the same record for a name. So the records are taken over
 * where they exist, which the provider refuses unless told (route53/record.go, resourceRecordCreate),
 * and stay in the zone when this is deleted.
 *
 * Children: `<name>-<region>`, `<name>-issued-<region>`, `<name>-validation-<name>`.
 *
 * @throws pulumi.InputPropertyError or InputPropertiesError when a name or region cannot be one.
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
   * @throws Error where the region has none.
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
              must: `below ${furtherNamesMax} names at most`,
              remedy: "choose names that share one, as a wildcard stands for all below it",
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
    throw new Error(`${proven}: ACM names no validation record; look at the certificate's state`);
  });
  return new aws.route53.Record(
    name,
    {
      zoneId,
      name: option.resourceRecordName,
      type: option.resourceRecordType,
      records: [option.resourceRecordValue],
      ttl: validationTtlSeconds,
      // Another certificate of the account for the name has made it already, with the same content.
      allowOverwrite: true,
    },
    // It may be what that other certificate is renewed by, and says nothing that is secret.
    { ...opts, retainOnDelete: true },
  );
}
