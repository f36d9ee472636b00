import { ActRequestSchema, type ActRequest } from '#shared/contracts/act-request.ts';
import type { ActAnswer } from '#shared/core/acts/act-answer.ts';
import { answerAct } from '#shared/core/acts/answer-act.ts';
import type { Problem } from './form-controls.ts';
import type { FormReader } from './form-reader.ts';
import type { Content } from './html.ts';
import type { Carried, PageForm } from './page.ts';
import type { FormSeal } from './page-tokens.ts';
import type { Visit } from './visit.ts';
import type { TextKey } from './words.ts';

type Whole = 'actId' | 'debtorId' | 'via' | 'by' | 'accountId';
type DraftOf<R> = R extends unknown ? { [Field in Exclude<keyof R, Whole>]: R[Field] | undefined } : never;
/** A request as a form tells it; who asks and about which account is told by the form's seal. */
export type ActDraft = DraftOf<ActRequest>;
/** An answer of what was done. */
export type ActDone = Extract<ActAnswer, { readonly act: unknown }>;
type Refused = Extract<ActAnswer, { readonly kind: 'refused' }>;

export interface ActFormSpec extends Omit<PageForm, 'carry'> {
  /** The request that the fields make. What cannot be read has become a problem of the reader's. */
  readonly draft: (form: FormReader) => ActDraft;
  /** What it would make, for a page that shows it before it is agreed. */
  readonly confirm?:
    | ((answer: ActDone) => { readonly title: string; readonly body: Content; readonly submit: string })
    | undefined;
}

/** Button of the page that shows once more what is about to be agreed. */
export const agreedField = 'agreed';

/** A form that carries out one request of a person. */
export function actForm(visit: Visit, spec: ActFormSpec): PageForm {
  const { draft, confirm, ...form } = spec;
  return {
    ...form,
    carry: async (reader, seal, parts) => {
      const wanted = draft(reader);
      if (reader.problems.length > 0) return { kind: 'refused', problems: reader.problems };
      const parsed = ActRequestSchema.safeParse(requestOf(wanted, seal));
      if (!parsed.success)
        return { kind: 'refused', problems: [{ text: visit.words.say('problem.unreadable') }] };
      if (confirm !== undefined && reader.text(agreedField) === '') return shown(parsed.data, visit, confirm);
      return answered(await parts.carryOut(parsed.data), visit);
    },
  };
}

function requestOf(draft: ActDraft, { jti, sub, account }: FormSeal): object {
  const told = Object.entries(draft).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(told),
    ...{ actId: jti, debtorId: sub, via: 'page', by: 'debtor' },
    ...(account !== undefined && { accountId: account }),
  };
}

/** What the request would do, worked out but not written. */
function shown(request: ActRequest, visit: Visit, confirm: NonNullable<ActFormSpec['confirm']>): Carried {
  const effect = answerAct(request, visit.view);
  if (effect.kind === 'refused') return { kind: 'refused', problems: [refusalProblem(effect, visit)] };
  return { kind: 'confirm', ...confirm({ kind: 'done', act: effect.act, ...effect.made }) };
}

function answered(answer: ActAnswer, visit: Visit): Carried {
  if (answer.kind === 'refused') return { kind: 'refused', problems: [refusalProblem(answer, visit)] };
  return answer.kind === 'busy' ? answer : { kind: 'acted', actId: answer.act.actId };
}

/** Fields of a request that no form has: what is wrong with them is wrong with all of it. */
const unseen = new Set(['accountId', 'actId', 'agreement', 'currency', 'debtorId', 'replaces']);

function refusalProblem({ problem, field, limits }: Refused, visit: Visit): Problem {
  const told = Object.fromEntries(
    Object.entries(limits).map(([name, value]) => [name, limitText(name, value, visit)]),
  );
  const text = visit.words.say(`refused.${problem}` satisfies TextKey, told);
  return unseen.has(field) ? { text } : { field, text };
}

function limitText(name: string, value: string | number, { words, account }: Visit): string {
  if (typeof value === 'number' && /amount/i.test(name))
    return words.money(value, account?.currency ?? 'USD');
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? words.date(value) : String(value);
}
