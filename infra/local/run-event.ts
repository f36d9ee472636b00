/** Things that happen in a local run and may interest whoever watches it. */
export type RunEvent =
  | {
      readonly kind: 'invoked';
      readonly functionName: string;
      readonly durationMs: number;
      readonly failure: string | undefined;
    }
  | { readonly kind: 'logged'; readonly functionName: string; readonly line: string }
  /** A call that the function's role does not allow. */
  | { readonly kind: 'refused'; readonly caller: string; readonly action: string; readonly resource: string }
  /** Something was given up: an event after its retries, records without an on-failure destination. */
  | { readonly kind: 'dropped'; readonly source: string; readonly reason: string; readonly count: number }
  /** A configuration is rolled out, complete, or taken back. */
  | { readonly kind: 'configured'; readonly what: string }
  | { readonly kind: 'failed'; readonly where: string; readonly error: unknown };

export type OnRunEvent = (event: RunEvent) => void;
