/** A cookie that carries the session: where its name promises that it can come from nowhere else, the browser sees to it. */
export interface SessionCookie {
  read(cookies: readonly string[]): string | undefined;
  /** Value of a `Set-Cookie` header. */
  keep(token: string, maxAgeSeconds: number): string;
  forget(): string;
}

/**
 * The session's cookie of an origin. Over HTTPS it is a `__Host-` one: Secure, of this host alone. A local run speaks plain
 * HTTP, where some browsers would drop a Secure cookie: there it has a plain name.
 *
 * Lax, not Strict: who comes back from the payment provider's page, or opens the message a second time, comes from another
 * site, and is still the same person. Nothing is changed by such a visit.
 */
export function sessionCookieFor(publicUrl: string): SessionCookie {
  const isSecure = publicUrl.startsWith('https:');
  const name = isSecure ? '__Host-session' : 'session';
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  const written = (value: string, maxAgeSeconds: number): string =>
    `${name}=${value}; Max-Age=${String(maxAgeSeconds)}; ${attributes}`;
  return {
    read: (cookies) => cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1),
    keep: written,
    forget: () => written('', 0),
  };
}
