import type { AgreementRules } from '#shared/contracts/agreement-rules.ts';
import type { HoldRules } from '#shared/contracts/hold-rules.ts';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { ReplyRules } from '#shared/contracts/reply-words.ts';
import type { RiskModel } from '#shared/contracts/risk-model.ts';
import type { RulePack } from '#shared/contracts/rule-pack.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';

/** A pack for China which permits contact from 08:00 to 22:00. */
export const chinaPack: RulePack = {
  pack: 'cn-test',
  version: '2026.1.0',
  title: 'Test hours for China',
  attach: { country: 'CN', by: 'residence' },
  tz: { mode: 'intersect_all', unknown: 'deny' },
  calendar: { country: null, state: null, dates: [], exclude: [] },
  rules: [
    {
      id: 'hours',
      kind: 'window',
      force: 'must',
      purposes: ['reminder', 'collection'],
      allow: { daily: ['08:00-22:00'] },
      source: { cite: 'test', tag: 'HOUSE' },
    },
  ],
};

export const cardStrategy: Strategy = {
  strategy: 'card',
  version: '2026.1.0',
  title: 'Test strategy',
  preferred: { from: '15:00', to: '17:00' },
  stages: [
    {
      id: 'pre-due',
      from: -5,
      to: 0,
      steps: [{ id: 'courtesy', daysPastDue: -3, channel: 'sms', template: 'notice', purpose: 'reminder' }],
    },
    {
      id: 'early',
      from: 1,
      to: 30,
      steps: [
        {
          id: 'first',
          daysPastDue: 1,
          channel: 'sms',
          template: 'notice',
          purpose: 'reminder',
          fallback: { channel: 'email', template: 'notice', afterHours: 4 },
        },
        { id: 'second', daysPastDue: 5, channel: 'call', template: 'notice', purpose: 'collection' },
        { id: 'third', daysPastDue: 10, channel: 'email', template: 'notice', purpose: 'collection' },
      ],
    },
  ],
  escalation: { queue: 'human', afterDays: 3 },
};

const elements = ['creditor_identity', 'amount_due', 'optout_instruction'];

const quality = { rows: 0, notCured: 0, auc: 0.5, brier: 0, logLoss: 0 };
const noRows = { rows: 0, predicted: 0, observed: 0 };

/** A risk model by which every account has even odds. */
export const riskModel: RiskModel = {
  model: 'test',
  version: '2026.1.0',
  intercept: 0,
  features: [],
  classes: { medium: 0.5, high: 0.7, veryHigh: 0.85 },
  trainedOn: { data: 'none', snapshot: 'none', label: 'none', seed: 1, rows: 0, notCured: 0 },
  heldOut: {
    name: 'none',
    ...quality,
    calibration: [],
    byClass: { low: noRows, medium: noRows, high: noRows, very_high: noRows },
  },
  compared: [],
};

/** What may be agreed on: generous, so that a test names only the limit that it is about. */
export const agreements: AgreementRules = {
  promises: {
    horizonDays: 30,
    shareMin: 0.2,
    openMax: 2,
    brokenMax: 2,
    graceBusinessDays: 1,
    keptShare: 1,
    remindDaysBefore: 1,
    followUp: true,
  },
  plans: {
    instalmentsMax: 6,
    termDays: 200,
    firstWithinDays: 30,
    firstShareMin: 0.1,
    every: ['week', 'two_weeks', 'month'],
    missedMax: 0,
    reviveWithinDays: 10,
    revivalsMax: 1,
  },
  extensions: { daysMax: 14, perYearMax: 1 },
  dueDateChange: { days: [1, 15], perYearMax: 1 },
  feeWaiver: { amountMax: { CNY: 50 }, perYearMax: 1 },
  overrides: [],
  queue: 'human',
  confirm: { channels: ['sms', 'email'], withinHours: 24 },
  receipts: ['issuer_page', 'provider_page'],
  survey: { afterDays: 2, invite: false },
  links: {
    days: 30,
    identity: ['birth_date', 'postal_code', 'account_ending'],
    triesMax: 3,
    sessionMinutes: 30,
  },
};

const heldAccount = {
  scope: 'account',
  days: 30,
  daysMax: 90,
  opensCase: true,
  atEnd: 'review',
  queue: 'human',
} as const;
const heldDebtor = { scope: 'debtor', opensCase: true, atEnd: 'review', queue: 'human' } as const;

/** A rule for every kind of hold. */
export const holds: HoldRules['holds'] = {
  dispute: heldAccount,
  fraud: heldAccount,
  complaint: { ...heldDebtor, days: 30 },
  hardship: { ...heldDebtor, days: 30 },
  bankruptcy: heldDebtor,
  deceased: heldDebtor,
  attorney: heldDebtor,
  cease: heldDebtor,
  breathing_space: { ...heldDebtor, days: 60, daysMax: 60, opensCase: false, atEnd: 'resume' },
  mental_health_crisis: heldDebtor,
  disaster: { ...heldDebtor, days: 60, opensCase: false, atEnd: 'resume' },
  bereavement: { ...heldDebtor, days: 30, opensCase: false },
  instalment_agreement: { ...heldAccount, opensCase: false, atEnd: 'resume' },
  debt_review: heldDebtor,
  manual: { ...heldAccount, opensCase: false, atEnd: 'resume' },
};

/** The plainest words in English; what needs more of them reads the shipped ones. */
export const replies: ReplyRules = {
  settings: {
    confidenceMin: 0.6,
    dayparts: {
      morning: '08:00-12:00',
      midday: '12:00-14:00',
      afternoon: '12:00-18:00',
      evening: '18:00-21:00',
      night: '21:00-24:00',
      work: '09:00-17:00',
    },
    answers: { perDayMax: 5, notUnderstoodHours: 24 },
    paidPauseDays: 3,
    proposalHours: 72,
  },
  tables: [
    {
      locale: 'en',
      language: 'en',
      marks: ['the'],
      keywords: { opt_out: ['stop'], opt_in: ['start'], help: ['help'], confirm: ['yes'], deny: ['no'] },
      answers: { confirm: ['yes'], deny: ['no'] },
      phrases: {},
    },
  ],
};

/** A whole, small configuration in English for one creditor. */
export function bundle(changes: Partial<ConfigBundle> = {}): ConfigBundle {
  return {
    version: 'config-test',
    limits: {
      pace: { sms: { perSecond: 10 }, email: { perSecond: 10 }, call: { perSecond: 1 } },
      smsSegmentsMax: 3,
      gapMinutes: 60,
      reopenSpreadMinutes: 30,
      sendMarginMinutes: 5,
      attemptsMax: 2,
    },
    creditors: [
      {
        creditor: 'demo-bank',
        names: { en: 'Demo Bank' },
        country: 'CN',
        party: 'first_party',
        phone: '+12025550100',
        payUrl: 'https://pay.example.com/',
        smsFrom: '+12025550101',
        voiceFrom: '+12025550102',
        emailFrom: 'care@example.com',
      },
    ],
    strategies: [cardStrategy],
    accounts: [],
    queues: [{ queue: 'human', kind: 'human', title: 'People', firstContactDays: 2 }],
    agencies: [],
    templates: [
      {
        name: 'notice',
        locale: 'en',
        context: 'overdue',
        channel: 'sms',
        elements,
        body: '{{creditorName}}: {{amountDue}} is due.',
      },
      {
        name: 'notice',
        locale: 'en',
        context: 'overdue',
        channel: 'email',
        elements,
        subject: '{{creditorName}}',
        text: '{{amountDue}} is due.',
        html: '<p>{{amountDue}} is due.</p>',
      },
      {
        name: 'notice',
        locale: 'en',
        context: 'overdue',
        channel: 'call',
        elements,
        greeting: 'A call for {{givenName}}. Press any key.',
        message: '{{creditorName}}: {{amountDue}} is due.',
        goodbye: 'Goodbye.',
        machine: 'Please call {{creditorPhone}}.',
      },
    ],
    policies: [chinaPack],
    rules: {},
    holidays: {},
    agreements,
    holds,
    publishing: { approvers: { required: false }, rollout: 'gradual' },
    replies,
    ...changes,
  };
}

export function rules(changes: Partial<ConfigBundle> = {}): DecisionRules {
  return compileRules(bundle(changes));
}
