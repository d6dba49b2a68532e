/** Something that Route 53 would refuse about a record, or that this model does not know. */
export interface GroupFault {
  /** The rule in `docs/route53.md`; absent where the model cannot judge. */
  readonly rule?: string;
  /** Identity of the record, or of its health check. */
  readonly subject: string;
  /** A line for people, which names the subject and the way out. */
  readonly message: string;
  /** Set where the name is answered all the same, with what is not known left open. */
  readonly leavesOpen?: true;
}
