import type { GatherAnswer, CallOutcome } from './people.ts';
import type { TranscriptLine } from './records.ts';
import { attributeProblem } from './twiml-attributes.ts';
import { parseTwiml, type TwimlElement } from './twiml.ts';
import type { WebhookParameters, Webhooks } from './webhooks.ts';

/** Speaking rate of <Say> that the emulator assumes. */
const speakingMsPerCharacter = 60;
const playMs = 10_000;
const gatherTimeoutSecondsDefault = 5;
/** From the end of a prompt to a key or a word. */
const reactionMs = 2_000;
const dialTimeoutSecondsDefault = 30;
/** How long somebody who was put through is talked to, and how soon a busy line is known. */
const dialTalkMs = 60_000;
const dialAnswerMs = 3_000;
/** More documents than this in one call mean a loop in the script. */
const documentsMax = 50;

/** Verbs that are only heard; they may also stand inside <Gather>. */
const spokenVerbs: ReadonlySet<string> = new Set(['Say', 'Play', 'Pause']);

/** What the player needs of the call it plays on. */
export interface Line {
  readonly outcome: CallOutcome;
  /** The call's own parameters of every request for TwiML. */
  parameters(): WebhookParameters;
  isUp(): boolean;
  say(who: TranscriptLine['who'], text: string): void;
  /** Goes on after so much virtual time, if the call is still up. */
  later(delayMs: number, run: () => Promise<void>): void;
  /** The script is over. `problem`: because it was faulty. */
  end(problem?: string): Promise<void>;
}

/**
 * Plays TwiML on a call in virtual time: Say, Play, Pause, Gather, Dial, Redirect and Hangup. Any other verb, and an attribute
 * that Twilio would not take, ends the call as an application error, so that a script never seems to work here and then does
 * not at Twilio.
 */
export class CallScript {
  readonly #line: Line;
  readonly #webhooks: Webhooks;
  #documents = 0;
  #gathers = 0;
  #url: string;

  constructor(line: Line, webhooks: Webhooks, url: string) {
    this.#line = line;
    this.#webhooks = webhooks;
    this.#url = url;
  }

  /** Fetches a document and plays it from its first verb. A relative address is one of the document before. */
  async fetch(address: string, extra: WebhookParameters, method: string | undefined): Promise<void> {
    this.#documents += 1;
    if (this.#documents > documentsMax)
      return this.#fail(`11200 more than ${documentsMax} documents: the script goes round in circles`);
    const url = URL.parse(address, this.#url)?.href;
    if (url === undefined) return this.#fail(`11100 ${address} is not a URL`);
    const answer = await this.#webhooks.ask(
      url,
      { ...this.#line.parameters(), ...extra },
      method === 'GET' ? 'GET' : 'POST',
    );
    if (!answer.ok) return this.#fail(`11200 ${answer.why}`);
    this.#url = url;
    await this.play(answer.body);
  }

  /** Plays a document that is at hand. */
  async play(xml: string): Promise<void> {
    let verbs: readonly TwimlElement[];
    try {
      verbs = parseTwiml(xml);
    } catch (error) {
      return this.#fail(String(error));
    }
    await this.#next(verbs);
  }

  async #next(verbs: readonly TwimlElement[]): Promise<void> {
    if (!this.#line.isUp()) return;
    const [verb, ...rest] = verbs;
    if (verb === undefined) return this.#line.end();
    const problem = attributeProblem(verb);
    if (problem !== undefined) return this.#fail(problem);
    await this.#perform(verb, rest);
  }

  async #perform(verb: TwimlElement, rest: readonly TwimlElement[]): Promise<void> {
    if (spokenVerbs.has(verb.name)) this.#line.later(this.#speak(verb), () => this.#next(rest));
    else if (verb.name === 'Gather') await this.#gather(verb, rest);
    else if (verb.name === 'Dial') await this.#dial(verb, rest);
    else if (verb.name === 'Redirect') await this.fetch(verb.text.trim(), {}, verb.attributes['method']);
    else if (verb.name === 'Hangup') await this.#line.end();
    else await this.#fail(`12200 <${verb.name}> is not played by the emulator`);
  }

  /** Puts the verb's words in the transcript; how long they take. */
  #speak(verb: TwimlElement): number {
    const loop = Number(verb.attributes['loop'] ?? 1);
    switch (verb.name) {
      case 'Pause':
        return Number(verb.attributes['length'] ?? 1) * 1_000;
      case 'Play':
        this.#line.say('script', `[plays ${verb.text.trim()}]`);
        return playMs * loop;
      default:
        this.#line.say('script', verb.text.replaceAll(/\s+/g, ' ').trim());
        return verb.text.length * speakingMsPerCharacter * loop;
    }
  }

  #gather(verb: TwimlElement, rest: readonly TwimlElement[]): Promise<void> {
    const stranger = verb.children.find((child) => !spokenVerbs.has(child.name));
    if (stranger !== undefined) return this.#fail(`12200 <${stranger.name}> cannot stand in <Gather>`);
    const promptMs = verb.children.reduce((total, child) => total + this.#speak(child), 0);
    const result = this.#hear(verb);
    if (result !== undefined) {
      this.#line.later(promptMs + reactionMs, () => this.#act(verb, result));
    } else {
      const timeoutMs = Number(verb.attributes['timeout'] ?? gatherTimeoutSecondsDefault) * 1_000;
      const goOn =
        verb.attributes['actionOnEmptyResult'] === 'true'
          ? () => this.#act(verb, { Digits: '' })
          : () => this.#next(rest);
      this.#line.later(promptMs + timeoutMs, goOn);
    }
    return Promise.resolve();
  }

  /**
   * Puts the call through to a number. When that is over, Twilio asks the action how to go on; without one the verbs behind
   * <Dial> follow.
   */
  #dial(verb: TwimlElement, rest: readonly TwimlElement[]): Promise<void> {
    const phone = dialledNumber(verb);
    if (phone === undefined) return this.#fail('13221 <Dial> needs one number in E.164');
    const { outcome } = this.#line;
    const dialled = (outcome.kind === 'human' ? outcome.dialled : undefined) ?? 'completed';
    const ringLimitMs = Number(verb.attributes['timeout'] ?? dialTimeoutSecondsDefault) * 1_000;
    this.#line.say('script', `[dials ${phone}]`);
    const lastsMs = { completed: dialTalkMs, busy: dialAnswerMs, 'no-answer': ringLimitMs }[dialled];
    const result = {
      DialCallStatus: dialled,
      DialCallSid: `CA${'d'.repeat(32)}`,
      ...(dialled === 'completed' && { DialCallDuration: String(dialTalkMs / 1_000) }),
    };
    const { action, method } = verb.attributes;
    this.#line.later(lastsMs, () =>
      action === undefined ? this.#next(rest) : this.fetch(action, result, method),
    );
    return Promise.resolve();
  }

  /** What this <Gather> takes of the person's answer, as the fields that its action will get. */
  #hear(verb: TwimlElement): WebhookParameters | undefined {
    const answer = this.#answer();
    const input = (verb.attributes['input'] ?? 'dtmf').split(' ');
    if (answer === 'nothing' || !input.includes('speech' in answer ? 'speech' : 'dtmf')) return undefined;
    return 'speech' in answer
      ? { SpeechResult: answer.speech, Confidence: '0.9' }
      : keysTaken(answer.digits, verb);
  }

  #answer(): GatherAnswer {
    const { outcome } = this.#line;
    if (outcome.kind !== 'human') return 'nothing';
    const answer = outcome.gathers[this.#gathers] ?? 'nothing';
    this.#gathers += 1;
    return answer;
  }

  #act(verb: TwimlElement, result: WebhookParameters): Promise<void> {
    const { Digits: digits, SpeechResult: speech } = result;
    if (speech !== undefined || digits !== '')
      this.#line.say('callee', speech ?? `[presses ${digits ?? ''}]`);
    return this.fetch(verb.attributes['action'] ?? this.#url, result, verb.attributes['method']);
  }

  #fail(problem: string): Promise<void> {
    this.#line.say('system', 'We are sorry, an application error has occurred. Goodbye.');
    return this.#line.end(problem);
  }
}

/** The one number that <Dial> names, as its text or as its only element; undefined for anything else. */
function dialledNumber({ children, text }: TwimlElement): string | undefined {
  const [only, ...more] = children;
  if (more.length > 0 || (only !== undefined && only.name !== 'Number')) return undefined;
  const phone = (only?.text ?? text).trim();
  return /^\+\d{7,15}$/.test(phone) ? phone : undefined;
}

/** The keys up to the finishing key or the wanted number of them. */
function keysTaken(pressed: string, gather: TwimlElement): WebhookParameters | undefined {
  const finishKey = gather.attributes['finishOnKey'] ?? '#';
  const typed = finishKey === '' ? pressed : (pressed.split(finishKey)[0] ?? '');
  const digits = typed.slice(0, Number(gather.attributes['numDigits'] ?? typed.length));
  return digits === '' ? undefined : { Digits: digits };
}
