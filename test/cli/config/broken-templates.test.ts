import { describe, expect, it } from 'vitest';
import { readChanged, smallConfig, type Change } from './small-config.ts';

const strategy = 'strategies/plain.yaml';
const words = 'templates/en/words.yaml';
const sms = 'templates/en/note.sms.liquid';
const email = 'templates/en/note.email.mjml';
const creditor = 'creditors/bank.yaml';

const overdue =
  'givenName, familyName, creditorName, creditorPhone, payUrl, amountDue, daysPastDue, dueDate, payBy, accountCount';

function smsFile(head: string, body: string): string {
  return `---\n${head}\n---\n{{ creditorName }}: this is a note about your account. ${body} Reply STOP to opt out.\n`;
}
/** A pack with one content rule. */
function lawOf(by: string, rule: string): string {
  return `pack: us\nversion: 2026.11.0\nattach: { country: US, by: ${by} }\nrules:\n  - { id: say, kind: content, ${rule} }\n`;
}
const stated = '{{ amountDue }} is past due.';
const days = Array.from(
  { length: 20 },
  (_, index) => `{% if daysPastDue == ${(index + 1) * 10} %}a{% endif %}`,
);
const counts = [3, 6, 9, 12, 15, 18].map((count) => `{% if accountCount == ${count} %}b{% endif %}`);
const name = '{% if givenName == "" %}c{% endif %}';

/** Each row: what somebody did wrong, the change, and the whole text of each error that they are told. */
const rows: readonly [string, Change, ...string[]][] = [
  [
    'a variable of another context',
    { [sms]: ['{{ amountDue }}', '{{ promiseDate }}'] },
    `templates/en/note.sms.liquid:4: body the variable "promiseDate" does not exist in a text of context overdue; write \`context: promise\` if that is what the text is about, or use one of ${overdue}`,
  ],
  [
    'a context that does not exist',
    { [sms]: ['elements', 'context: debt\nelements'] },
    'templates/en/note.sms.liquid:2: context is "debt"; use one of overdue, promise, plan, payment, survey, answer, proposal, stranger. What the text is about, which decides the variables that it may name; absent: overdue, which is all that steps of a strategy can say.',
  ],
  [
    'a name that is about two things',
    {
      [sms]: smsFile('context: survey\nelements: [creditor_identity, optout_instruction]', '{{ surveyUrl }}'),
    },
    'templates/en/note.sms.liquid:1: context is survey, but "note" is about overdue elsewhere; write context: overdue, or rename the file',
  ],
  [
    'a step that names a text about a promise',
    {
      'templates/en/promise.sms.liquid': smsFile(
        'context: promise\nelements: [creditor_identity, optout_instruction]',
        '{{ promiseDate }}',
      ),
      [strategy]: ['template: note', 'template: promise'],
    },
    'strategies/plain.yaml:13: stages[0].steps[0].template names "promise", whose text is about promise: a step cannot fill it; name a template of context overdue',
  ],
  [
    'an element that is said in one branch only',
    { [sms]: [stated, `{% if daysPastDue == 1 %}${stated}{% endif %}`] },
    'templates/en/note.sms.liquid:4: body declares amount_due but does not say it when daysPastDue is 0; use {{ amountDue }} in every branch or do not declare it',
  ],
  [
    'an element that is named in a condition only',
    { [sms]: [stated, '{% if accountCount > 1 %}{% if amountDue == "" %}{% endif %}{% endif %}'] },
    'templates/en/note.sms.liquid:4: body has a branch that no facts lead to, as far as the check can tell; take it out, or decide it by a number, a name, or an amount that may be empty or equal to another',
    'templates/en/note.sms.liquid:4: body declares amount_due but does not say it; use {{ amountDue }} or do not declare it',
  ],
  [
    'an opt-out for one account only',
    { [sms]: [' Reply STOP to opt out.', '{% if accountCount == 1 %} Reply STOP to opt out.{% endif %}'] },
    'templates/en/note.sms.liquid:4: body declares optout_instruction but names no keyword when accountCount is 2; say how to opt out with STOP in every branch',
  ],
  [
    'an element without its words',
    {
      [words]: ['optOut: [STOP]', 'optOut: [STOP]\nsays: { rights: [your rights, dispute] }'],
      [sms]: ['amount_due]', 'amount_due, rights]'],
    },
    'templates/en/note.sms.liquid:4: body declares rights but says none of its words; say "your rights" or "dispute", add your word to `says` in words.yaml, or do not declare it',
  ],
  [
    'an element that only a part of an e-mail bears out',
    { [email]: ['  {{ creditorName }}. Reply', '  the bank. Reply'] },
    'templates/en/note.email.mjml:5: text declares creditor_identity but does not say it; use {{ creditorName }} or do not declare it',
  ],
  [
    'an element that the context has no value for',
    {
      'templates/en/survey.sms.liquid': smsFile(
        'context: survey\nelements: [creditor_identity, optout_instruction, amount_due]',
        '{{ surveyUrl }}',
      ),
    },
    'templates/en/survey.sms.liquid:1: elements declares amount_due, which a text of context survey cannot say; do not declare it',
  ],
  [
    'an amount that may be empty',
    {
      'templates/en/receipt.sms.liquid': smsFile(
        'context: payment\nelements: [creditor_identity, optout_instruction, amount_due]',
        'Still past due: {{ remainingAmount }}.',
      ),
    },
    'templates/en/receipt.sms.liquid:5: body declares amount_due but does not say it when remainingAmount is empty; use {{ remainingAmount }} in every branch or do not declare it',
  ],
  [
    'an element that no rule knows',
    { [sms]: ['amount_due]', 'amount_dew]'] },
    'templates/en/note.sms.liquid:1: elements declares amount_dew, which no rule can ask for; use one of optout_instruction, creditor_identity, mini_miranda, amount_due, reason_and_basis, rights, how_to_pay, how_to_dispute, complaint_channel, ai_disclosure, limited_content',
  ],
  [
    'more choices than can be checked',
    {
      [sms]: smsFile(
        'elements: [creditor_identity, optout_instruction]',
        [...days, ...counts, name].join(''),
      ),
    },
    'templates/en/note.sms.liquid:1: makes choices that combine to more than 2000 texts; write several templates',
  ],
  [
    'an amount and dates that are written out',
    { [sms]: ['is past due.', 'is past due, and 100 USD since 2026-11-01 or Nov 1.'] },
    'templates/en/note.sms.liquid:4: body writes out the amount "100 USD"; name it by a variable, which is right for each person and written as the language writes it',
    'templates/en/note.sms.liquid:4: body writes out the date "2026-11-01"; name it by a variable, which is right for each person and written as the language writes it',
    'templates/en/note.sms.liquid:4: body writes out the date "Nov 1"; name it by a variable, which is right for each person and written as the language writes it',
  ],
  [
    'an amount in MJML',
    { [email]: ['opt out.\n</mj-text>', 'opt out.\n  There is a fee of &#36;5.\n</mj-text>'] },
    'templates/en/note.email.mjml:10: html writes out the amount "$5"; name it by a variable, which is right for each person and written as the language writes it',
  ],
  [
    'a threat where a name is missing',
    { [sms]: ['this is a', '{{ givenName | default: "police" }}, a'] },
    'templates/en/note.sms.liquid:4: body contains "police", which words.yaml lists as a threat; say what will happen plainly and only if it is true, or leave it out',
  ],
  [
    'a debt at the beginning of a text message',
    { [sms]: ['this is a note about your account. ', ''] },
    'templates/en/note.sms.liquid:4: body tells of a debt by {{ amountDue }} on a locked screen: "Bank: $12,345.67 is past due. Reply STOP"; put other words first: others may see the first 40 columns',
    'templates/en/note.sms.liquid:4: body tells of a debt by "past due" on a locked screen: "Bank: $12,345.67 is past due. Reply STOP"; put other words first: others may see the first 40 columns',
  ],
  [
    'a debt that a missing name brings to the beginning',
    {
      [sms]: [
        'this is a note about your account. ',
        '{% if givenName != "" %}{{ givenName }}, this is a note about your account. {% endif %}',
      ],
    },
    'templates/en/note.sms.liquid:4: body tells of a debt by {{ amountDue }} on a locked screen: "Bank: $12,345.67 is past due. Reply STOP"; put other words first: others may see the first 40 columns',
    'templates/en/note.sms.liquid:4: body tells of a debt by "past due" on a locked screen: "Bank: $12,345.67 is past due. Reply STOP"; put other words first: others may see the first 40 columns',
  ],
  [
    'a debt at the beginning of an e-mail',
    { [email]: ['<mj-text>\n  A message', '<mj-text>\n  Your debt: a message'] },
    'templates/en/note.email.mjml:8: html tells of a debt by "debt" on a locked screen: "Your debt: a message from Bank. Reply ST"; put other words first: others may see the first 40 columns',
  ],
  [
    'a sender that tells of a debt',
    { [creditor]: ['bank@example.com', 'debt@example.com'] },
    'creditors/bank.yaml:10: emailFrom tells of a debt by "debt": a locked screen shows the sender; use a mailbox that says no more than who writes, such as service@',
  ],
  [
    'a text message that only a rare name makes too long',
    { [sms]: ['is past due.', `is past due, {{ givenName }}. ${'Please call us. '.repeat(4)}`] },
    'templates/en/note.sms.liquid:4: body comes out in 3 segments for a name with letters outside the GSM alphabet; limits.yaml allows 2; shorten the text',
  ],
  [
    'a text that the law of the institution would always refuse',
    { 'policies/us.yaml': lawOf('institution', 'require: [rights, ai_disclosure]') },
    'strategies/plain.yaml:13: stages[0].steps[0].template names "note", whose text for sms in en the rule us/say would always refuse for creditor bank: it lacks rights, ai_disclosure; correct templates/en/note.sms.liquid and its elements, or name another template',
    'strategies/plain.yaml:15: stages[0].steps[0].fallback.template names "note", whose text for email in en the rule us/say would always refuse for creditor bank: it lacks rights, ai_disclosure; correct templates/en/note.email.mjml and its elements, or name another template',
    'strategies/plain.yaml:19: stages[0].steps[1].template names "note", whose text for call in en the rule us/say would always refuse for creditor bank: it lacks rights, ai_disclosure; correct templates/en/note.voice.yaml and its elements, or name another template',
  ],
  [
    'a text that says what the law of the institution forbids, on one channel for one purpose',
    {
      'policies/us.yaml': lawOf(
        'institution',
        'channels: [sms, call], purposes: [reminder], forbid: [amount_due]',
      ),
    },
    'strategies/plain.yaml:13: stages[0].steps[0].template names "note", whose text for sms in en the rule us/say would always refuse for creditor bank: it must not have amount_due; correct templates/en/note.sms.liquid and its elements, or name another template',
  ],
  [
    'a text that the law refuses for one of its products, from a day on',
    {
      'policies/us.yaml': lawOf(
        'institution',
        'require: [rights], when: { product: loan, daysPastDue: { gte: 2 } }',
      ),
      [strategy]: ['title: Plain', 'title: Plain\nproducts: [card, loan]'],
    },
    'strategies/plain.yaml:20: stages[0].steps[1].template names "note", whose text for call in en the rule us/say would always refuse for creditor bank on product loan: it lacks rights; correct templates/en/note.voice.yaml and its elements, or name another template',
  ],
];

/** Rules of the law that are no reason to refuse a configuration. */
const harmless: readonly [string, Change][] = [
  ['binds by residence', { 'policies/us.yaml': lawOf('residence', 'require: [rights]') }],
  [
    'binds institutions of another country',
    { 'policies/us.yaml': lawOf('institution', 'require: [rights]').replace('country: US', 'country: CA') },
  ],
  ['is for letters', { 'policies/us.yaml': lawOf('institution', 'channels: [letter], require: [rights]') }],
  [
    'is for a product that the strategy does not name',
    { 'policies/us.yaml': lawOf('institution', 'when: { product: loan }, require: [rights]') },
  ],
  [
    'is for agencies',
    { 'policies/us.yaml': lawOf('institution', 'when: { party: third_party }, require: [rights]') },
  ],
  [
    'is not in force yet',
    { 'policies/us.yaml': lawOf('institution', "effective: { from: '2026-11-22' }, require: [rights]") },
  ],
  ['is unverified', { 'policies/us.yaml': lawOf('institution', 'status: unverified, require: [rights]') }],
  [
    'is dispensed with by those who agree',
    { 'policies/us.yaml': lawOf('institution', 'unless: [direct_consent], require: [rights]') },
  ],
  [
    'is relaxed by the deployment',
    {
      'policies/us.yaml': lawOf('institution', 'force: should, require: [rights]'),
      'rules.yaml': 'relax:\n  us/say: agreed with the regulator\n',
    },
  ],
];

describe('a text that must not be sent is refused', () => {
  it.each(rows)('%s', async (_title, change, ...expected) => {
    expect((await readChanged(change)).errors).toEqual(expected);
  });
});

describe('a text is not refused for a content rule that', () => {
  it.each(harmless)('%s', async (_title, change) => {
    expect((await readChanged(change)).errors).toEqual([]);
  });
});

describe('a strategy for all creditors', () => {
  it('is not held against the law of one that another strategy serves', async () => {
    const own = (smallConfig[strategy] ?? '').replace('strategy: plain', 'strategy: own\ncreditors: [bank]');
    const change = {
      'policies/us.yaml': lawOf('institution', 'require: [rights]'),
      'strategies/own.yaml': own.replace(/ {4}steps:[^]*?escalation/u, '    steps: []\nescalation'),
    };
    expect((await readChanged(change)).errors).toEqual([]);
  });
});
