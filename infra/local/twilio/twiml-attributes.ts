import type { TwimlElement } from './twiml.ts';

type Check = (value: string) => boolean;

const url: Check = (value) => value !== '' && value.length <= 4_000;
const whole: Check = (value) => /^[1-9]\d{0,4}$/.test(value);
const flag: Check = (value) => value === 'true' || value === 'false';
const method: Check = (value) => value === 'GET' || value === 'POST';
const tag: Check = (value) => /^[a-z]{2,3}(?:-[A-Za-z]{2,4}){0,2}$/.test(value);
const count: Check = (value) => /^\d{1,3}$/.test(value);
const number: Check = (value) => /^\+[1-9]\d{6,14}$/.test(value);

/** Attributes of the verbs that are played here, and the values that Twilio takes of them (docs: TwiML for voice). */
const attributes: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  Say: { language: tag, voice: (value) => value !== '', loop: count },
  Play: { loop: count },
  Pause: { length: whole },
  Gather: {
    action: url,
    actionOnEmptyResult: flag,
    finishOnKey: (value) => /^[0-9#*]?$/.test(value),
    hints: (value) => value.length <= 10_000 && value.split(',').length <= 500,
    input: (value) => ['dtmf', 'speech', 'dtmf speech', 'speech dtmf'].includes(value),
    language: tag,
    method,
    numDigits: whole,
    profanityFilter: flag,
    speechTimeout: (value) => value === 'auto' || whole(value),
    timeout: (value) => value === 'auto' || whole(value),
  },
  Dial: { action: url, callerId: number, method, timeout: whole, timeLimit: whole },
  Number: {},
  Redirect: { method },
  Hangup: {},
};

/** What is wrong with an element or one within it, as Twilio's debugger would say; undefined when it is well formed. */
export function attributeProblem(element: TwimlElement): string | undefined {
  const known = attributes[element.name];
  if (known === undefined) return undefined;
  for (const [name, value] of Object.entries(element.attributes)) {
    const check = known[name];
    if (check === undefined) return `12200 <${element.name}> has no attribute ${name} that is played here`;
    if (!check(value)) return `12200 <${element.name}> does not take ${name}="${value}"`;
  }
  return element.children.map(attributeProblem).find((problem) => problem !== undefined);
}
