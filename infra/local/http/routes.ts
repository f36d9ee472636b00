/** A route key of an HTTP API, `METHOD /path/{name}/{rest+}` or `$default`, ready to be compared with requests. */
export interface Route<Target> {
  readonly routeKey: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly target: Target;
}

export function readRoute<Target>(routeKey: string, target: Target): Route<Target> {
  const [method = '', path = ''] = routeKey.split(' ');
  return { routeKey, method, segments: path.split('/').filter((segment) => segment !== ''), target };
}

/**
 * The route for a request, with its path parameters. A full match wins over a greedy one, that over `$default`, and a
 * named method over ANY. (API Gateway Developer Guide, "Create routes for HTTP APIs".)
 */
export function findRoute<Target>(
  routes: readonly Route<Target>[],
  method: string,
  path: string,
): { readonly route: Route<Target>; readonly pathParameters: Record<string, string> } | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  const matches = routes.flatMap((route) => {
    const pathParameters =
      route.method === method || route.method === 'ANY' ? matchPath(route.segments, segments) : undefined;
    return pathParameters === undefined ? [] : [{ route, pathParameters }];
  });
  matches.sort((a, b) => rank(a.route) - rank(b.route));
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  return matches[0] ?? (fallback === undefined ? undefined : { route: fallback, pathParameters: {} });
}

/** Lower is better: literal segments before parameters before greedy ones, a named method before ANY. */
function rank({ method, segments }: Route<unknown>): number {
  const greedy = segments.some((segment) => segment.endsWith('+}')) ? 1_000 : 0;
  const parameters = segments.filter((segment) => segment.startsWith('{')).length;
  return greedy + parameters * 2 + (method === 'ANY' ? 1 : 0);
}

function matchPath(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    if (expected.endsWith('+}')) {
      const rest = segments.slice(index);
      if (rest.length === 0) return undefined;
      return { ...parameters, [expected.slice(1, -2)]: rest.map(decodeURIComponent).join('/') };
    }
    const actual = segments[index];
    if (actual === undefined) return undefined;
    if (expected.startsWith('{')) parameters[expected.slice(1, -1)] = decodeURIComponent(actual);
    else if (expected !== actual) return undefined;
  }
  return pattern.length === segments.length ? parameters : undefined;
}
