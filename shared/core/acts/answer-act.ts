import type { ActRequest } from '#shared/contracts/act-request.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { refuse, type ActEffect, type OnAccount } from './act-setting.ts';
import { extension, plan, promise, withdraw } from './agree.ts';
import { callMe, dueDateChange, feeWaiver } from './ask-people.ts';
import { endHold, hold, placeHold } from './place-hold.ts';
import { consent, contactTimes, language, survey, wrongParty } from './wishes.ts';

/**
 * Decides on what a person wants, by the rules and what is known of them now. Pure: the same request, facts and moment give
 * the same effect. A repeated request is for the caller to notice, by the act that it left.
 */
export function answerAct(request: ActRequest, view: PersonView): ActEffect {
  switch (request.kind) {
    case 'promise':
      return onAccount(request, view, promise);
    case 'extension':
      return onAccount(request, view, extension);
    case 'plan':
      return onAccount(request, view, plan);
    case 'withdraw':
      return onAccount(request, view, withdraw);
    case 'due_date_change':
      return onAccount(request, view, dueDateChange);
    case 'fee_waiver':
      return onAccount(request, view, feeWaiver);
    case 'call_me':
      return onAccount(request, view, callMe);
    case 'hardship':
    case 'dispute':
    case 'fraud':
      return onAccount(request, view, ({ account }) =>
        placeHold(request, view, { kind: request.kind, accountId: account.accountId, why: request.why }),
      );
    case 'hold':
      return request.accountId === undefined
        ? hold(request, view)
        : onAccount({ ...request, accountId: request.accountId }, view, () => hold(request, view));
    case 'end_hold':
      return endHold(request, view);
    case 'wrong_party':
      return wrongParty(request, view);
    case 'contact_times':
      return contactTimes(request, view);
    case 'language':
      return language(request, view);
    case 'opt_out':
    case 'opt_in':
      return consent(request, view);
    case 'survey':
      return survey(request, view);
  }
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
