/** What texts can be about; template.ts tells what each is for. Here apart, so that a sender carries no schemas for it. */
export const templateContexts = [
  'overdue',
  'promise',
  'plan',
  'payment',
  'survey',
  'answer',
  'proposal',
  'stranger',
] as const;

/** Who writes to whom: every text may name it. */
const addressVariables = ['givenName', 'familyName', 'creditorName', 'creditorPhone'] as const;

/** The only variables that a text may name, by its context: everything else is refused when the file is read. */
export const contextVariables = {
  overdue: [...addressVariables, 'payUrl', 'amountDue', 'daysPastDue', 'dueDate', 'payBy', 'accountCount'],
  promise: [...addressVariables, 'payUrl', 'manageUrl', 'promiseAmount', 'promiseOpenAmount', 'promiseDate'],
  plan: [
    ...addressVariables,
    'manageUrl',
    'planTotal',
    'planInstalments',
    'planFirstAmount',
    'planInstalmentAmount',
    'planLastAmount',
    'planFirstDate',
    'planLastDate',
  ],
  payment: [...addressVariables, 'payUrl', 'paidAmount', 'paidDate', 'remainingAmount'],
  survey: [...addressVariables, 'surveyUrl'],
  answer: [...addressVariables, 'payUrl', 'manageUrl'],
  proposal: [...addressVariables, 'manageUrl', 'proposedAmount', 'proposedDate'],
  stranger: ['creditorName', 'creditorPhone'],
} as const satisfies Readonly<Record<(typeof templateContexts)[number], readonly string[]>>;
