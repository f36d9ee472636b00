import type { Channel } from '#shared/contracts/primitives.ts';
import { contentElements } from '#shared/contracts/permission-words.ts';
import type { Template, TemplateVariable } from '#shared/contracts/template.ts';
import { contextVariables } from '#shared/contracts/template-variables.ts';
import { optOutConfirmation } from '#shared/core/decision/own-texts.ts';
import type { AnyValues } from '#shared/core/render/liquid-expression.ts';
import { errorIn, type CheckedTemplate, type Rendering } from './checked-template.ts';
import type { ConfigError } from './config-error.ts';
import { saysWord } from './words-in.ts';

type ContentElement = (typeof contentElements)[number];

/** Which parts must bear a declared element out: an e-mail in both of its forms, a call once the person is known. */
const bearingParts = { sms: ['body'], email: ['text', 'html'], call: ['message'] } as const;

/** Elements that a text of a channel must contain. */
const requiredElements = {
  sms: ['creditor_identity', 'optout_instruction'],
  email: ['creditor_identity', 'optout_instruction'],
  call: ['creditor_identity', 'limited_content'],
} as const satisfies Readonly<Record<string, readonly ContentElement[]>>;

/** Variables of which a text that declares the element must say one. */
const evidence: Readonly<Partial<Record<ContentElement, readonly TemplateVariable[]>>> = {
  creditor_identity: ['creditorName'],
  amount_due: ['amountDue', 'promiseAmount', 'promiseOpenAmount', 'planTotal', 'remainingAmount'],
  how_to_pay: ['payUrl', 'manageUrl', 'creditorPhone'],
  how_to_dispute: ['creditorPhone'],
  complaint_channel: ['creditorPhone'],
};

/**
 * Holds what a text declares to contain against what it says: whatever branches its facts lead it through, the message
 * must carry the value or a word by which the element is known. What has neither only a reader can judge.
 */
export function elementErrors(subject: CheckedTemplate): ConfigError[] {
  const { elements } = subject.template;
  const declared = new Set(elements);
  const known: readonly string[] = contentElements;
  return [
    ...requiredOf(subject.template)
      .filter((element) => !declared.has(element))
      .map((element) =>
        errorIn(subject, 'elements', {
          problem: `does not declare ${element}, which every text of this channel needs`,
          fix: `add ${element} to elements and say it in the text`,
        }),
      ),
    ...elements
      .filter((element) => !known.includes(element))
      .map((element) =>
        errorIn(subject, 'elements', {
          problem: `declares ${element}, which no rule can ask for`,
          fix: `use one of ${known.join(', ')}`,
        }),
      ),
    ...contentElements.filter((element) => declared.has(element)).flatMap((one) => claimErrors(subject, one)),
  ];
}

/** Who has just opted out is told that, and who is not known gets no messages that could be ended. */
function requiredOf({ channel, context, name }: Template): readonly ContentElement[] {
  if (context === 'stranger' || name === optOutConfirmation) return ['creditor_identity'];
  return requiredElements[channel];
}

function claimErrors(subject: CheckedTemplate, element: ContentElement): ConfigError[] {
  const { channel, context } = subject.template;
  const named: readonly TemplateVariable[] = contextVariables[context];
  const variables = evidence[element]?.filter((name) => named.includes(name));
  if (variables?.length === 0) {
    const problem = `declares ${element}, which a text of context ${context} cannot say`;
    return [errorIn(subject, 'elements', { problem, fix: 'do not declare it' })];
  }
  // The HTML part of an e-mail that is written as text says what the text says.
  const written = partsBearing(element, channel).filter((name) =>
    subject.parts.some(({ part }) => part === name),
  );
  return written.flatMap((part) => [
    ...(variables === undefined ? [] : valueErrors(subject, { part, element, variables })),
    ...wordErrors(subject, { part, element }),
  ]);
}

/** That a machine speaks has to be said at once, to whoever or whatever picks up. */
function partsBearing(element: ContentElement, channel: Channel): readonly string[] {
  const parts = bearingParts[channel];
  return element === 'ai_disclosure' && channel === 'call' ? ['greeting', ...parts, 'machine'] : parts;
}

interface Claim {
  readonly part: string;
  readonly element: ContentElement;
}

function valueErrors(
  subject: CheckedTemplate,
  { part, element, variables }: Claim & { readonly variables: readonly TemplateVariable[] },
): ConfigError[] {
  const failure = failureOf(subject, (rendering) =>
    variables.some((name) => saysValue(rendering, part, name)),
  );
  if (failure === null) return [];
  const problem = `declares ${element} but does not say it${failure.when}`;
  const fix = `use {{ ${variables.join(' }} or {{ ')} }}${failure.where} or do not declare it`;
  return [errorIn(subject, part, { problem, fix })];
}

/** A value may stand in capitals, or be where a link leads. */
function saysValue({ values, parts, links }: Rendering, part: string, name: TemplateVariable): boolean {
  const all: AnyValues = values;
  const value = String(all[name] ?? '').toLowerCase();
  if (value === '') return false;
  const said = [parts.get(part) ?? '', ...(part === 'html' ? links : [])];
  return said.some((text) => text.toLowerCase().includes(value));
}

function wordErrors(subject: CheckedTemplate, { part, element }: Claim): ConfigError[] {
  const words = wordsFor(subject, element);
  if (words === undefined) return [];
  const failure = failureOf(subject, ({ parts }) =>
    words.some((word) => saysWord(parts.get(part) ?? '', word)),
  );
  if (failure === null) return [];
  const { when, where } = failure;
  if (element === 'optout_instruction') {
    const problem = `declares optout_instruction but names no keyword${when}`;
    return [
      errorIn(subject, part, { problem, fix: `say how to opt out with ${words.join(' or ')}${where}` }),
    ];
  }
  const problem = `declares ${element} but says none of its words${when}`;
  const fix = `say "${words.join('" or "')}"${where}, add your word to \`says\` in words.yaml, or do not declare it`;
  return [errorIn(subject, part, { problem, fix })];
}

/** The words by which an element is known in the text's language. In a call nobody can answer with a keyword. */
function wordsFor({ words, template }: CheckedTemplate, element: ContentElement) {
  if (element !== 'optout_instruction') return words?.says?.[element];
  return template.channel === 'call' ? undefined : words?.optOut;
}

/** Under which facts a claim fails, in words; null when it holds under all. */
function failureOf(
  { renderings }: CheckedTemplate,
  holds: (rendering: Rendering) => boolean,
): { readonly when: string; readonly where: string } | null {
  const failing = renderings.filter((rendering) => !holds(rendering));
  const [first] = failing;
  if (first === undefined) return null;
  if (failing.length === renderings.length) return { when: '', where: '' };
  return { when: ` when ${first.when}`, where: ' in every branch' };
}
