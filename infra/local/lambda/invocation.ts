/** How an invocation ended, in the terms of Lambda's Invoke API. */
export interface InvocationResult {
  /** What the handler returned, as JSON text; absent when it returned nothing. */
  readonly payload: string | undefined;
  /** Set when the function failed: the handler threw, timed out, or its process ended. */
  readonly failure: InvocationFailure | undefined;
}

export interface InvocationFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** What the main thread sends to a function's thread. */
export interface InvocationRequest {
  readonly requestId: string;
  /** The event as JSON text, so that nothing but JSON reaches a handler. */
  readonly event: string;
  readonly deadlineMs: number;
}

/** What a function's thread answers; `loaded` once the bundle was imported, `failed` when that threw. */
export type ThreadMessage =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'failed'; readonly failure: InvocationFailure }
  | ({ readonly kind: 'answered'; readonly requestId: string } & InvocationResult);

export interface FunctionThreadData {
  readonly cell: SharedArrayBuffer;
  readonly handler: string;
  readonly folder: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memorySizeMb: number;
}
