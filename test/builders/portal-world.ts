import type { HttpAnswer, HttpRequest } from '#functions/_runtime/http.ts';
import { createHandler } from '#functions/portal/handler.ts';
import { createPageTokens } from '#functions/portal/page-tokens.ts';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import type { PortalParts } from '#functions/portal/portal-parts.ts';
import { sessionCookieFor } from '#functions/portal/session-cookie.ts';
import type { Account } from '#shared/contracts/account.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import type { Link } from '#shared/contracts/link.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { createFakeCheckout } from '#test/fakes/fake-checkout.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { fixedRules } from '#test/fakes/fixed-rules.ts';
import { evidenceFor } from './evidence.ts';
import { account, at, debtor } from './person.ts';
import { bundle, rules } from './rules.ts';
import { entry } from './stored.ts';

export const origin = 'https://pages.example.com';
/** Ten o'clock in the morning of a Tuesday in Shanghai. */
export const morning = at('2026-03-10T02:00:00Z');
export const linkSecret = 'link-secret-of-the-tests';
export const code = 'Abc123Def4';

/** Words that no page may show before somebody is known: each is a fact of the person of these tests. */
export const secrets = [
  'Mei',
  'Lin',
  '1,234',
  '1.234',
  '8,765',
  '8.765',
  'redit card',
  '0042',
  '+8613900000001',
  'mei.lin',
];

const names = { en: 'Demo Bank', es: 'Banco Demo', 'zh-CN': '示例银行', 'zh-TW': '示範銀行' };
const demoBank = bundle().creditors[0]!;

export interface PortalWorldOptions {
  readonly debtor?: Partial<Debtor>;
  readonly accounts?: readonly Partial<Account>[];
  readonly creditor?: Partial<Creditor>;
  readonly link?: Partial<Link>;
  readonly changeRules?: (rules: DecisionRules) => DecisionRules;
  readonly publicUrl?: string;
}

/** A person who owes, whose message carried a link, and the pages behind it: the real handler on fakes. */
export async function portalWorld(options: PortalWorldOptions = {}) {
  const { publicUrl = origin } = options;
  const store = createFakeDebtorStore({ shards: 2 });
  const clock = createFakeClock(morning);
  const telemetry = createFakeTelemetry();
  const checkout = createFakeCheckout();
  const tokens = createPageTokens(() => Promise.resolve(linkSecret), clock);
  const compiled = rules({ creditors: [{ ...demoBank, names, ...options.creditor }] });
  const cookie = sessionCookieFor(publicUrl);
  let ids = 0;
  const parts: PortalParts & { callbackSecret: () => Promise<string> } = {
    store,
    links: store,
    clock,
    rules: fixedRules(options.changeRules?.(compiled) ?? compiled),
    tokens,
    cookie,
    checkout,
    publicUrl,
    newId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    telemetry,
    callbackSecret: () => Promise.resolve('whsec_dGVzdC1zZWNyZXQtb2YtdGhlLWNhbGxiYWNrcw=='),
  };
  const owed = options.accounts ?? [{}];
  await store.saveFeeds([
    {
      debtorId: 'P1',
      debtor: debtor(options.debtor),
      accounts: owed.map((changes) =>
        account({
          accountId: 'card-0042',
          pastDue: 1_234.5,
          balance: 8_765,
          attributes: { x_birth_date: '1980-05-17' },
          ...changes,
        }),
      ),
      stops: false,
    },
  ]);
  await addLink(code, options.link);

  async function addLink(personalCode: string, changes: Partial<Link> = {}): Promise<void> {
    const contactId = `contact-${personalCode}`;
    const debtorId = changes.debtorId ?? 'P1';
    const link: Link = {
      codeHash: codeHashOf(personalCode),
      debtorId,
      contactId,
      channel: 'sms',
      destination: '+8613900000001',
      creditor: 'demo-bank',
      locale: 'en',
      madeAt: morning,
      expiresAt: morning + 30 * dayMs,
      ...changes,
    };
    const reserved = entry({ contactId, debtorId, evidence: `${debtorId}~${String(morning)}~${contactId}` });
    const version = (await store.load(debtorId))?.version ?? 0;
    await store.reserve(version, { entry: reserved, next: null, evidence: evidenceFor(reserved), link });
  }

  const handle = createHandler(parts);
  return { store, clock, telemetry, checkout, tokens, parts, handle, addLink, cookie };
}

export type PortalWorld = Awaited<ReturnType<typeof portalWorld>>;

interface Sent {
  readonly form?: Form;
  readonly cookies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as a browser sends it from a page of ours. */
export function browserRequest(
  method: string,
  url: string,
  { form = {}, cookies = [], headers = {} }: Sent = {},
): HttpRequest {
  const at = url.indexOf('?');
  const rawPath = at < 0 ? url : url.slice(0, at);
  const told = method === 'POST' ? { origin, 'sec-fetch-site': 'same-origin' } : {};
  return {
    routeKey: `${method} ${rawPath}`,
    rawPath,
    rawQueryString: at < 0 ? '' : url.slice(at + 1),
    headers: { host: 'pages.example.com', ...told, ...headers },
    cookies: [...cookies],
    body: Buffer.from(bodyOf(form)).toString('base64'),
    isBase64Encoded: true,
  };
}

function bodyOf(form: Form): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one);
  return body.toString();
}

type Form = Readonly<Record<string, string | readonly string[]>>;

function withCookie(jar: string[], set: string): string[] {
  const [pair = ''] = set.split(';');
  return [...jar.filter((one) => one.split('=')[0] !== pair.split('=')[0]), pair];
}

/** Somebody with a telephone: keeps cookies, follows redirects, fills in the form that they see. */
export function browserOf(world: Pick<PortalWorld, 'handle'>, url = '/a/' + code) {
  let jar: string[] = [];
  let page = '';
  let status = 0;
  let here = url;
  const take = async ({ cookies = [], statusCode = 0, body = '', headers = {} }: HttpAnswer) => {
    jar = cookies.reduce(withCookie, jar);
    status = statusCode;
    page = body;
    const location = headers['location'];
    if (statusCode === 303 && typeof location === 'string') await open(location);
  };
  const open = async (to = here, method = 'GET'): Promise<string> => {
    here = to;
    await take(await world.handle(browserRequest(method, to, { cookies: jar })));
    return page;
  };
  const send = async (to: string, form: Form, headers: Record<string, string> = {}): Promise<string> => {
    here = to;
    await take(await world.handle(browserRequest('POST', to, { form, cookies: jar, headers })));
    return page;
  };
  return {
    open,
    send,
    /** Fills in the form of the page as it is and sends it. */
    submit: async (form: Form = {}) => {
      await send(actionIn(page), { token: tokenIn(page), ...form });
      return page;
    },
    identify: async () => {
      await open(url);
      await send(actionIn(page), { day: '17', month: '5', year: '1980', next: valueIn(page, 'next') });
      return page;
    },
    page: () => page,
    status: () => status,
    here: () => here,
    cookies: () => jar,
    token: () => tokenIn(page),
  };
}

export function actionIn(page: string): string {
  return (/<form method="post" action="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&amp;', '&');
}

export function tokenIn(page: string): string {
  return valueIn(page, 'token');
}

function valueIn(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}
