/** The controller of the failback gate. */
export function handler(): Promise<never> {
  return Promise.reject(new Error("the controller is not there yet"));
}
