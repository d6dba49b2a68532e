/** A fault of a record that Route 53 would refuse, or that this model does not cover. */
export interface GroupFault {
  /** The rule in `docs/route53.md`; absent where the model cannot judge. */
  readonly rule?: string;
  /** Identity of the record, or of its health check. */
  readonly subject: string;
  /** One line that names the subject and the remedy. */
  readonly message: string;
  /** Set where the name is answered anyway, with the unknown part left open. */
  readonly leavesOpen?: true;
  /**
   * Set where the model knows what the records would do if Route 53 accepted them. It is refused all
   * the same, except where the refusal is reported elsewhere.
   */
  readonly isComputable?: true;
}
