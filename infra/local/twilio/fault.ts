/** What goes wrong with one request to a provider; the time of `slow` is the machine's own, not the virtual one. */
export type Fault =
  /** The provider takes the request, and its answer never comes. */
  | { readonly kind: 'no_answer' }
  /** The provider takes the request, and the connection breaks before its answer. */
  | { readonly kind: 'cut' }
  /** The provider answers with this status and takes nothing: 429, 500, 503. */
  | { readonly kind: 'refuse'; readonly status: number }
  /** The provider answers as always, so much later. */
  | { readonly kind: 'slow'; readonly latencyMs: number };
