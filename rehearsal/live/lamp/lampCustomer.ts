import type { SendToServer } from "../customers";

/** A customer of the café, who asked to be remembered. */
export class LampCustomer {
  #cookie: string | undefined;

  get isSignedIn(): boolean {
    return this.#cookie !== undefined;
  }

  constructor(readonly name: string) {}

  /** Asks to be remembered; returns whether the café agreed. */
  async signIn(send: SendToServer): Promise<boolean> {
    const answer = await send({
      method: "POST",
      path: "/session",
      headers: this.#headers(),
      body: JSON.stringify({ name: this.name, phone: "" }),
    });
    const cookie = /^cafe=([^;]+)/.exec(answer.setCookie ?? "")?.[1];
    if (answer.status !== 200 || cookie === undefined) return false;
    this.#cookie = cookie;
    return true;
  }

  /** Whether the café knows the customer by the session, whichever region answers. */
  async isRemembered(send: SendToServer): Promise<boolean> {
    const request = { method: "GET", path: "/session", headers: this.#headers() } as const;
    const { status, body } = await send(request);
    if (status !== 200) return false;
    const { signedIn, name } = JSON.parse(body) as { signedIn?: boolean; name?: string };
    return signedIn === true && name === this.name;
  }

  /** Places an order; a second attempt has the same number. Returns the answer's status. */
  async place(id: string, send: SendToServer): Promise<number> {
    const order = { id, name: this.name, items: { espresso: 2, croissant: 1 } };
    const { status } = await send({
      ...{ method: "POST", path: "/orders", headers: this.#headers() },
      body: JSON.stringify(order),
    });
    return status;
  }

  #headers(): Readonly<Record<string, string>> {
    const cookie = this.#cookie === undefined ? {} : { cookie: `cafe=${this.#cookie}` };
    return { "content-type": "application/json", ...cookie };
  }
}
