import type { HttpAnswer } from '#functions/_runtime/http.ts';
import type { Account } from '#shared/contracts/account.ts';
import { carryOut } from '#shared/usecases/carry-out.ts';
import { agreedField } from './act-form.ts';
import { problemSummary, type Problem } from './form-controls.ts';
import { createFormReader, filledWith } from './form-reader.ts';
import { html, type Markup } from './html.ts';
import type { OpenedLink } from './open-link.ts';
import type { Carried, Page, PageForm, PreparedPage } from './page.ts';
import { pageAnswer, redirectAnswer, type Frame, type PageContent } from './page-frame.ts';
import type { FormSeal, Session } from './page-tokens.ts';
import { linkAddress, linkFrame } from './plain-pages.ts';
import type { PortalParts } from './portal-parts.ts';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import type { PortalRequest } from './portal-request.ts';
import { accountRefOf, byPastDue, type Visit } from './visit.ts';

/** Somebody whom we know by now, and the page that they ask for. */
export interface Asked {
  readonly page: Page;
  readonly opened: OpenedLink;
  readonly session: Session;
  readonly request: PortalRequest;
  readonly parts: PortalParts;
}

/** Shows a page, or carries out its form. */
export function answerVisit(asked: Asked): Promise<HttpAnswer> {
  return asked.request.method === 'POST' ? carry(asked) : show(asked);
}

async function show(asked: Asked): Promise<HttpAnswer> {
  const visit = visitByAddress(asked);
  const prepared = asked.page(visit);
  if (prepared === null) return redirectAnswer(visit.at('overview'));
  asked.parts.telemetry.count('page_shown');
  return shown(asked, { visit, prepared }, { status: 200, problems: [] });
}

/** Carries out what a form asks, if it is a form that we made for this person, page and session. */
async function carry(asked: Asked): Promise<HttpAnswer> {
  const { request, session, parts } = asked;
  const seal = await parts.tokens.readForm(request.form.get('token'));
  if (seal === null || !isSealOf(seal, asked)) {
    parts.telemetry.count('token_refused');
    return againFromAddress(asked);
  }
  const visit = visitBySeal(asked, seal);
  // A second click, or a second device: whatever the page would offer by now, it was done, and is told again.
  const isDone = visit.view.person.acts.some(({ actId }) => actId === seal.jti);
  if (isDone) return redirectAnswer(visit.at('done', { on: seal.jti }));
  const prepared = asked.page(visit);
  if (prepared?.form === undefined) return redirectOrTell(asked, { visit, prepared });
  const reader = createFormReader(request.form, visit.words);
  const carried = await prepared.form.carry(reader, seal, {
    carryOut: (act) => carryOut(act, parts),
    checkout: parts.checkout,
    publicUrl: parts.publicUrl,
  });
  parts.telemetry.count(`form_${carried.kind}`);
  return answerTo(carried, asked, { visit, prepared, session });
}

/** A form of another page, person, link or session is none of ours, however well it is signed. */
function isSealOf(seal: FormSeal, { request, session, opened }: Asked): boolean {
  const isSession = seal.sid === session.sid && seal.sub === session.sub;
  return isSession && seal.link === codeHashOf(opened.code) && seal.page === request.page;
}

/** The page once more, with what was typed and a fresh form. */
async function againFromAddress(asked: Asked): Promise<HttpAnswer> {
  const visit = visitByAddress(asked);
  const prepared = asked.page(visit);
  if (prepared === null) return redirectAnswer(visit.at('overview'));
  const problems = [{ text: visit.words.say('problem.tooLate') }];
  return shown(asked, { visit, prepared }, { status: 403, problems });
}

interface OnPage {
  readonly visit: Visit;
  readonly prepared: PreparedPage;
}

/** What was offered when the form was shown is offered no more: the money came in meanwhile, say. */
function redirectOrTell(
  asked: Asked,
  { visit, prepared }: { readonly visit: Visit; readonly prepared: PreparedPage | null },
): Promise<HttpAnswer> | HttpAnswer {
  return prepared === null
    ? redirectAnswer(visit.at('overview'))
    : shown(asked, { visit, prepared }, { status: 200, problems: [] });
}

function answerTo(
  carried: Carried,
  asked: Asked,
  { visit, prepared }: OnPage & { readonly session: Session },
): Promise<HttpAnswer> | HttpAnswer {
  const { words } = visit;
  switch (carried.kind) {
    case 'acted':
      return redirectAnswer(visit.at('done', { on: carried.actId }));
    case 'told':
      return tell(asked, { visit, content: { title: carried.title, body: carried.body } });
    case 'confirm':
      return askOnceMore(carried, asked, visit);
    case 'refused':
      return shown(asked, { visit, prepared }, { status: 422, problems: carried.problems });
    case 'busy':
      return shown(
        asked,
        { visit, prepared },
        { status: 503, problems: [{ text: words.say('problem.busy') }] },
      );
  }
}

/** Shows what is about to be agreed, with everything that was typed behind a second button. */
function askOnceMore(
  { title, body, submit }: Extract<Carried, { kind: 'confirm' }>,
  asked: Asked,
  visit: Visit,
): HttpAnswer {
  const { form, page } = asked.request;
  const again = html`<form method="post" action="${visit.at(page)}">
    ${[...form].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}<input
      type="hidden"
      name="${agreedField}"
      value="yes"
    /><button>${submit}</button>
  </form>`;
  const change = html`<p><a href="${visit.at(page)}">${visit.words.say('plan.change')}</a></p>`;
  return tell(asked, { visit, content: { title, body: [body, again, change] } });
}

async function shown(
  asked: Asked,
  { visit, prepared }: OnPage,
  { status, problems }: { readonly status: number; readonly problems: readonly Problem[] },
): Promise<HttpAnswer> {
  const { form, title, body, after } = prepared;
  const summary = problemSummary(visit.words.say('problem.title'), problems);
  const asks = form === undefined ? undefined : await formMarkup(form, asked, { visit, prepared, problems });
  const content = { title, body: [summary, body, asks, after], hasProblems: problems.length > 0 };
  return tell(asked, { visit, content, status });
}

async function formMarkup(
  form: PageForm,
  { request, session, opened, parts }: Asked,
  { visit, prepared, problems }: OnPage & { readonly problems: readonly Problem[] },
): Promise<Markup> {
  const { account } = prepared;
  const token = await parts.tokens.signForm({
    jti: `page:${parts.newId()}`,
    sub: session.sub,
    link: codeHashOf(opened.code),
    page: request.page,
    sid: session.sid,
    ...(account !== undefined && { account: account.accountId }),
    ...(form.on !== undefined && { on: form.on }),
  });
  const typed = request.method === 'POST' ? request.form : undefined;
  const address = {
    ...(account !== undefined && { of: accountRefOf(account) }),
    ...(form.on !== undefined && { on: form.on }),
  };
  return html`<form method="post" action="${visit.at(request.page, address)}" novalidate>
    <input type="hidden" name="token" value="${token}" />
    ${form.fields(filledWith(typed, form.proposed ?? {}, problems))}
    <button${form.isQuiet === true && html` class="quiet"`}>${form.submit}</button>
  </form>`;
}

/** Pages that lead on by themselves: a link back above them would only repeat it. */
const endPages = ['overview', 'done', 'paid'];

function tell(
  { opened, request }: Asked,
  {
    visit,
    content,
    status = 200,
  }: { readonly visit: Visit; readonly content: PageContent; readonly status?: number },
): HttpAnswer {
  const { say } = visit.words;
  const back = endPages.includes(request.page)
    ? undefined
    : { href: visit.at('overview'), label: say('back.overview') };
  const leave = html`<form method="post" action="${visit.at('leave')}">
    <button class="quiet">${say('leave.submit')}</button>
  </form>`;
  const frame: Frame = { ...linkFrame(opened, request), leave };
  return pageAnswer(status, { ...content, back }, frame);
}

/** A page about what its address names; where it names no account of the person, about the first. */
function visitByAddress(asked: Asked): Visit {
  const { query } = asked.request;
  const accounts = accountsOf(asked);
  const named = accounts.find((account) => accountRefOf(account) === query.get('of'));
  return visitOf(asked, { account: named ?? accounts[0], on: query.get('on') ?? undefined });
}

/** A page about what the form was sealed to, and nothing else. */
function visitBySeal(asked: Asked, seal: FormSeal): Visit {
  const account = accountsOf(asked).find(({ accountId }) => accountId === seal.account);
  return visitOf(asked, { account, on: seal.on });
}

function accountsOf({ opened }: Asked): readonly Account[] {
  return byPastDue(opened.view.person.accounts);
}

function visitOf(asked: Asked, about: Pick<Visit, 'account' | 'on'>): Visit {
  const { opened, request } = asked;
  const { code, link, view, creditor, words } = opened;
  const accounts = accountsOf(asked);
  return { code, link, view, creditor, words, accounts, ...about, at: linkAddress(opened, request) };
}
