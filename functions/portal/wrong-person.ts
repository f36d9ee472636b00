import type { HttpAnswer } from '#functions/_runtime/http.ts';
import { carryOut } from '#shared/usecases/carry-out.ts';
import { problemSummary, type Problem } from './form-controls.ts';
import { html } from './html.ts';
import type { OpenedLink } from './open-link.ts';
import { pageAnswer } from './page-frame.ts';
import { linkAddress, linkFrame, noSuchLink } from './plain-pages.ts';
import type { PortalParts } from './portal-parts.ts';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import type { PortalRequest } from './portal-request.ts';

const purpose = 'portal:wrong-person';
const page = 'wrong-person';

/**
 * Whoever got the message is somebody else. They cannot answer the question, and need not: all that they can do is to end
 * the address at which the message reached them. A GET only asks.
 */
export async function wrongPerson(
  opened: OpenedLink,
  request: PortalRequest,
  parts: PortalParts,
): Promise<HttpAnswer> {
  if (request.method !== 'POST') return ask(opened, request, { parts, problems: [] });
  const { code, link, words } = opened;
  const seal = await parts.tokens.readForm(request.form.get('token'), purpose);
  if (seal?.link !== codeHashOf(code) || seal.sub !== link.debtorId || seal.page !== page) {
    parts.telemetry.count('token_refused');
    return ask(opened, request, { parts, problems: [{ text: words.say('problem.tooLate') }] });
  }
  const { channel, destination, debtorId } = link;
  const answer = await carryOut(
    { kind: 'wrong_party', actId: seal.jti, debtorId, via: 'page', by: 'recipient', channel, destination },
    parts,
  );
  parts.telemetry.count(`act_wrong_party_${answer.kind}`);
  if (answer.kind === 'busy')
    return ask(opened, request, { parts, problems: [{ text: words.say('problem.busy') }] });
  if (answer.kind === 'refused') return noSuchLink(request);
  const body = html`<p class="good">${words.say('wrong.done')}</p>`;
  return pageAnswer(200, { title: words.say('wrong.doneTitle'), body }, linkFrame(opened, request));
}

async function ask(
  opened: OpenedLink,
  request: PortalRequest,
  { parts, problems }: { readonly parts: PortalParts; readonly problems: readonly Problem[] },
): Promise<HttpAnswer> {
  const { code, link, words } = opened;
  const { say } = words;
  const at = linkAddress(opened, request);
  const jti = `wrong:${parts.newId()}`;
  const token = await parts.tokens.signForm(
    { jti, sub: link.debtorId, link: codeHashOf(code), page },
    purpose,
  );
  const body = html`${problemSummary(say('problem.title'), problems)}
    <p>${say('wrong.text')}</p>
    <p>${say(`wrong.${link.channel}`)}</p>
    <form method="post" action="${at(page)}">
      <input type="hidden" name="token" value="${token}" /><button>${say('wrong.submit')}</button>
    </form>`;
  const content = {
    title: say('wrong.title'),
    body,
    back: { href: at('overview'), label: say('back.back') },
    hasProblems: problems.length > 0,
  };
  return pageAnswer(problems.length > 0 ? 403 : 200, content, linkFrame(opened, request));
}
