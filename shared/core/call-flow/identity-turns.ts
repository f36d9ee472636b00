import { isRight } from '#shared/core/identity-check/right-answer.ts';
import { wrongTries } from '#shared/core/acts/identity-try.ts';
import { act, again, goOn, type CallMoment } from './call-moment.ts';
import { changeIdOf, type CallSetting, type Turn } from './call-setting.ts';
import { callQuestions } from './keyable-facts.ts';
import { closedBy } from './said-in-words.ts';
import { goodbye } from './questions.ts';
import { understand } from './understand.ts';

/** Whoever picked up says whether they are the person. Nothing has been told yet. */
export function greetingTurn(moment: CallMoment): Turn {
  const { heard, setting } = moment;
  if (heard.kind === 'keys') return greetingKey(moment, heard.keys);
  if (heard.kind !== 'speech') return again(moment, 'greeting');
  const intents = understand(heard.text, setting, 'identity_check');
  const closed = closedBy(moment, { text: heard.text, intents, isKnown: false });
  if (closed !== undefined) return closed;
  const answer = intents.find(({ kind }) => kind === 'confirm' || kind === 'deny');
  if (answer === undefined) return again(moment, 'greeting');
  return greetingKey(moment, answer.kind === 'confirm' ? '1' : '2');
}

function greetingKey(moment: CallMoment, key: string): Turn {
  const { destination, speaker } = moment.setting;
  switch (key) {
    case '1':
      return { ...firstFact(moment), isConversation: true };
    case '2':
      return act(
        moment,
        { kind: 'wrong_party', channel: 'call', destination },
        goodbye(speaker.say('wrong_person')),
      );
    case '9':
      return act(moment, { kind: 'opt_out', channel: 'call' }, goodbye(speaker.say('stopped')));
    default:
      return again(moment, 'greeting');
  }
}

/** Two facts have to be right. Whoever has failed too often, on whatever call, or of whom too little is known, hears nothing. */
function firstFact(moment: CallMoment, before: readonly string[] = []): Turn {
  const { setting } = moment;
  const { speaker, view, settings } = setting;
  if (callQuestions(view.person, settings) === null)
    return { steps: goodbye(speaker.say('identity_impossible')) };
  if (triesLeft(moment) <= 0) return { steps: goodbye(speaker.say('identity_closed')) };
  return { steps: goOn(moment, { node: 'first_fact' }, before) };
}

/** What is left without the answer that is heard just now: the same request once more must find the same. */
function triesLeft({ setting, state }: CallMoment): number {
  const { view, settings, callId } = setting;
  const acts = view.person.acts.filter(({ actId }) => actId !== changeIdOf(callId, state));
  return settings.identity.triesMax - wrongTries({ acts }, settings, view.now);
}

/** Whatever is answered first, the second question follows: nobody learns which of the two was wrong. */
export function firstFactTurn(moment: CallMoment): Turn {
  const { heard, setting } = moment;
  if (heard.kind !== 'keys') return again(moment, 'first_fact');
  return { steps: goOn(moment, { node: 'second_fact', isFirstRight: answers(heard.keys, 0, setting) }) };
}

/** Judges both answers together. That they were right is written down before anything is told. */
export function secondFactTurn(moment: CallMoment): Turn {
  const { heard, state, setting } = moment;
  const { speaker, message } = setting;
  if (heard.kind !== 'keys') return again(moment, 'second_fact');
  const closed = goodbye(speaker.say('identity_closed'));
  const isSecondRight = answers(heard.keys, 1, setting);
  if (state.isFirstRight === true && isSecondRight)
    return act(
      moment,
      { kind: 'identity_try', answers: 'right' },
      goOn(moment, { node: 'menu' }, [message]),
      closed,
    );
  const asked =
    triesLeft(moment) > 1 ? goOn(moment, { node: 'first_fact' }, [speaker.say('identity_wrong')]) : closed;
  return act(moment, { kind: 'identity_try', answers: 'wrong' }, asked, closed);
}

function answers(keys: string, index: 0 | 1, { view, settings }: CallSetting): boolean {
  const question = callQuestions(view.person, settings)?.[index];
  return question !== undefined && isRight(keys, question);
}
