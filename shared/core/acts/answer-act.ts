import type { ActRequest, ActRequestOf } from '#shared/contracts/act-request.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { refuse, type ActEffect, type OnAccount } from './act-setting.ts';
import { extension, plan, promise, withdraw } from './agree.ts';
import { callMe, dueDateChange, feeWaiver } from './ask-people.ts';
import { identityTry } from './identity-try.ts';
import { endHold, hold, placeHold } from './place-hold.ts';
import { consent, contactTimes, language, survey, wrongParty } from './wishes.ts';

type Kind = ActRequest['kind'];
type RequestOf<K extends Kind> = ActRequest & { readonly kind: K };

/** How each kind of request is answered. */
const answers: { readonly [K in Kind]: (request: RequestOf<K>, view: PersonView) => ActEffect } = {
  promise: (request, view) => onAccount(request, view, promise),
  extension: (request, view) => onAccount(request, view, extension),
  plan: (request, view) => onAccount(request, view, plan),
  withdraw: (request, view) => onAccount(request, view, withdraw),
  due_date_change: (request, view) => onAccount(request, view, dueDateChange),
  fee_waiver: (request, view) => onAccount(request, view, feeWaiver),
  call_me: (request, view) => onAccount(request, view, callMe),
  hardship: held,
  dispute: held,
  fraud: held,
  hold: (request, view) => {
    const { accountId } = request;
    return accountId === undefined
      ? hold(request, view)
      : onAccount({ ...request, accountId }, view, () => hold(request, view));
  },
  end_hold: endHold,
  wrong_party: wrongParty,
  contact_times: contactTimes,
  language,
  opt_out: consent,
  opt_in: consent,
  survey,
  identity_try: identityTry,
};

/**
 * Decides on what a person wants, by the rules and what is known of them now. Pure: the same request, facts and moment give
 * the same effect. A repeated request is for the caller to notice, by the act that it left.
 */
export function answerAct<K extends Kind>(request: RequestOf<K>, view: PersonView): ActEffect {
  const answer: (request: RequestOf<K>, view: PersonView) => ActEffect = answers[request.kind];
  return answer(request, view);
}

/** What the person says of an account and that holds it by its own kind. */
function held(request: ActRequestOf<'hardship' | 'dispute' | 'fraud'>, view: PersonView): ActEffect {
  const { kind, why } = request;
  return onAccount(request, view, ({ account: { accountId } }) =>
    placeHold(request, view, { kind, accountId, why }),
  );
}

/** For requests about an account of the person; any other is unknown, whoever's it is. */
function onAccount<R extends { readonly accountId: string }>(
  request: R,
  view: PersonView,
  answer: (asked: OnAccount<R>) => ActEffect,
): ActEffect {
  const account = view.person.accounts.find(({ accountId }) => accountId === request.accountId);
  return account === undefined ? refuse('unknown_account', 'accountId') : answer({ request, account, view });
}
