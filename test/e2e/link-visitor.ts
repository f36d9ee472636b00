import type { LocalWorld } from '#infra/local/start/open-world.ts';

/** A page as somebody sees it on an old phone: its status, its words, and the form on it. */
export interface SeenPage {
  readonly status: number;
  readonly text: string;
  /** Where its first form goes, and the values that it carries. */
  readonly form: { readonly action: string; readonly hidden: Readonly<Record<string, string>> } | null;
  readonly links: readonly string[];
}

/** Somebody who opens a link from a message: keeps cookies and follows redirects, and knows no script. */
export class LinkVisitor {
  readonly #run: LocalWorld['run'];
  readonly #cookies = new Map<string, string>();

  constructor({ run }: Pick<LocalWorld, 'run'>) {
    this.#run = run;
  }

  open(url: string): Promise<SeenPage> {
    return this.#ask('GET', url);
  }

  /** Sends a page's form with what was typed. */
  send({ form }: SeenPage, typed: Readonly<Record<string, string>>): Promise<SeenPage> {
    if (form === null) throw new Error('the page has no form');
    return this.#ask('POST', form.action, new URLSearchParams({ ...form.hidden, ...typed }).toString());
  }

  async #ask(method: string, url: string, body?: string): Promise<SeenPage> {
    const { pathname, search } = new URL(url, 'https://pages.example.com');
    const sent = body === undefined ? {} : { body };
    const headers = this.#headers(body !== undefined);
    const answer = await this.#run.http({ method, url: pathname + search, headers, ...sent });
    this.#keep([answer.headers['set-cookie'] ?? []].flat());
    const { location } = answer.headers;
    return isRedirect(answer.status) && location !== undefined
      ? this.#ask('GET', location)
      : seen(answer.status, String(answer.body));
  }

  #headers(isForm: boolean): Readonly<Record<string, string>> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const type = isForm ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    return cookie === '' ? type : { ...type, cookie };
  }

  #keep(cookies: readonly string[]): void {
    for (const line of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
  }
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function seen(status: number, markup: string): SeenPage {
  const [, action, inner] = /<form method="post" action="([^"]+)"[^>]*>(.*?)<\/form>/s.exec(markup) ?? [];
  const hidden = [...(inner ?? '').matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return {
    status,
    text: markup.replaceAll(/<style.*?<\/style>|<[^>]+>/gs, ' ').replaceAll(/\s+/g, ' '),
    form:
      action === undefined
        ? null
        : {
            action: plain(action),
            hidden: Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, plain(value)])),
          },
    links: [...markup.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => plain(href)),
  };
}

function plain(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}
