import { AwsError } from "../../awsError";
import type { Check, CheckFinding, Place } from "../finding";
import { ok, willFail } from "../finding";
import type { ImageNeed } from "../needs";
import { each } from "../orCannotTell";

/** Checks that the public parameters with the machines' images exist. */
export const images: Check = {
  name: "images",
  subject: "image parameters",
  run: (place) =>
    each(
      place.needs.images,
      ({ parameter, region }) => `${parameter} in ${region}`,
      async (need) => judge(need, await fetch(need, place)),
    ),
};

/** The image; undefined if the parameter does not exist. */
async function fetch(need: ImageNeed, { account }: Place): Promise<string | undefined> {
  const ssm = await account.client("ssm", need.region);
  try {
    const { Parameter } = await ssm.getParameter({ Name: need.parameter });
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof AwsError && error.is("absent")) return undefined;
    throw error;
  }
}

/** @internal */
export function judge({ parameter, region }: ImageNeed, image: string | undefined): CheckFinding {
  const subject = `${parameter} in ${region}`;
  return image === undefined
    ? willFail(
        subject,
        "the parameter does not exist",
        "give an image by its id, or another region",
      )
    : ok(subject, `is ${image}`);
}
