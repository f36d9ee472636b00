/** Something in a change that should be looked at twice before it is published. */
export interface ConfigRisk {
  readonly kind: string;
  readonly name: string;
  /** What it is and what follows from it, as one sentence. */
  readonly words: string;
}
