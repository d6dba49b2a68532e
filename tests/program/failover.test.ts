import { evaluated } from "./evaluated";
import { expectations } from "./expectations";

/** The answer table of the design, and the bounds, on the program's own resources. */
for (const stack of ["dev", "prod"] as const) {
  describe(`the ${stack} stack`, () => {
    for (const { title, verify } of expectations(stack)) {
      it(title, async () => {
        verify((await evaluated(stack)).resources);
      });
    }
  });
}
