import { describe, expect, it } from 'vitest';
import { readChanged, smallConfig, type Change } from './small-config.ts';

const strategy = 'strategies/plain.yaml';
const sms = 'templates/en/note.sms.liquid';
const email = 'templates/en/note.email.mjml';
const voice = 'templates/en/note.voice.yaml';
const creditor = 'creditors/bank.yaml';

/** The text of a text message: all that follows its head. */
function lastLineOf(text = ''): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

/** Each row: what somebody did wrong, the change, and the whole text of each error that they are told. */
const rows: readonly [string, Change, ...string[]][] = [
  [
    'a key twice',
    { [creditor]: ['country: US', 'country: US\ncountry: DE'] },
    'creditors/bank.yaml:5: has the same field twice; remove one of the two',
  ],
  [
    'a tab',
    { 'limits.yaml': ['  sms:', '\tsms:'] },
    'limits.yaml:2: is indented by a tab; indent with spaces',
  ],
  [
    'a second document',
    { 'limits.yaml': ['attemptsMax: 3', 'attemptsMax: 3\n---\na: 1'] },
    'limits.yaml:10: begins a second document; put the second document into a file of its own',
  ],
  [
    'an open quote',
    { [creditor]: ["'+12025550100'", "'+12025550100"] },
    "creditors/bank.yaml:6: is not valid YAML: Missing closing 'quote; correct the YAML at this line",
  ],
  [
    'an alias',
    { [creditor]: ["phone: '+12025550100'", "phone: &n '+12025550100'\nfax: *n"] },
    'creditors/bank.yaml:7: uses the alias *n; write the value out: anchors and aliases are not permitted',
  ],
  [
    'a tag',
    { 'limits.yaml': ['attemptsMax: 3', 'attemptsMax: !!js/function 3'] },
    'limits.yaml:9: is not valid YAML: Unresolved tag: tag:yaml.org,2002:js/function; remove the tag',
  ],
  [
    'an unknown field',
    { 'limits.yaml': ['attemptsMax: 3', 'attemptsMax: 3\ncolour: red'] },
    'limits.yaml:10: colour is not a known field; remove it or use one of pace, smsSegmentsMax, gapMinutes, reopenSpreadMinutes, sendMarginMinutes, attemptsMax',
  ],
  [
    'an unknown field inside a step',
    { [strategy]: ['template: note', 'template: note\n        day: 2'] },
    'strategies/plain.yaml:14: stages[0].steps[0].day is not a known field; remove it or use one of id, daysPastDue, when, channel, template, purpose, preferred, payWithinDays, fallback',
  ],
  [
    'a missing field',
    { [strategy]: ['title: Plain\n', ''] },
    'strategies/plain.yaml:1: title is missing; give a text. What it is for, in a few words.',
  ],
  [
    'a missing field of a step',
    { [strategy]: ['        purpose: collection\n', ''] },
    'strategies/plain.yaml:16: stages[0].steps[1].purpose is missing; use one of reminder, collection. What the law takes this contact for.',
  ],
  [
    'a wrong type',
    { 'limits.yaml': ['smsSegmentsMax: 2', 'smsSegmentsMax: two'] },
    'limits.yaml:5: smsSegmentsMax is "two"; give a number. Longest text message, in billed segments.',
  ],
  [
    'a number for a text',
    { [strategy]: ['version: 2026.11.0', 'version: 2026.11'] },
    'strategies/plain.yaml:2: version is 2026.11; give a text: put it in quotes. Raise it with every change: decisions are explained by it.',
  ],
  [
    'a number out of range',
    { [strategy]: ['afterDays: 5', 'afterDays: 99'] },
    'strategies/plain.yaml:21: escalation.afterDays is 99; use at most 60. Days to wait after the last step.',
  ],
  [
    'a fraction for a whole number',
    { [strategy]: ['daysPastDue: 3', 'daysPastDue: 3.5'] },
    'strategies/plain.yaml:17: stages[0].steps[1].daysPastDue is 3.5; give a whole number. Day on which the step falls: negative before the due date, 0 on it.',
  ],
  [
    'a word that is no choice',
    { [strategy]: ['channel: call', 'channel: fax'] },
    'strategies/plain.yaml:18: stages[0].steps[1].channel is "fax"; use one of sms, email, call. Channel that is tried first; of a list the first that has an address, a text and permission.',
  ],
  [
    'a wrong time',
    { [strategy]: ["from: '15:00'", "from: '3 pm'"] },
    'strategies/plain.yaml:4: preferred.from is "3 pm"; write HH:MM. Local time at which contacts of this step begin, HH:MM.',
    'strategies/plain.yaml:4: preferred.to must be later than `from`; correct it. Local time before which they should be done, HH:MM.',
  ],
  [
    'times in the wrong order',
    { [strategy]: ["from: '15:00'", "from: '17:00'"] },
    'strategies/plain.yaml:4: preferred.to must be later than `from`; correct it. Local time before which they should be done, HH:MM.',
  ],
  [
    'an empty list',
    { [strategy]: ['title: Plain', 'title: Plain\nproducts: []'] },
    'strategies/plain.yaml:4: products is []; use at least 1 entries. Products it is for; absent: all.',
  ],
  [
    'a list for a map',
    { [creditor]: ['names:\n  en: Bank', 'names: [Bank]'] },
    'creditors/bank.yaml:2: names is ["Bank"]; give fields of its own. Display name by locale; `en` is the fallback.',
  ],
  [
    'stages that overlap',
    { [strategy]: ['escalation:', '  - { id: mid, from: 30, to: 60, steps: [] }\nescalation:'] },
    'strategies/plain.yaml:21: stages[1].from lies inside the stage above: stages follow one another; correct it. First day past due of the stage.',
  ],
  [
    'a step outside its stage',
    { [strategy]: ['daysPastDue: 3', 'daysPastDue: 40'] },
    'strategies/plain.yaml:17: stages[0].steps[1].daysPastDue is day 40, outside the stage (1 to 30); correct it. Day on which the step falls: negative before the due date, 0 on it.',
  ],
  [
    'a step twice',
    { [strategy]: ['id: second', 'id: first'] },
    'strategies/plain.yaml:16: stages[0].steps[1].id is "first" a second time; correct it. Name of the step, unique in the strategy; it appears in the ledger.',
  ],
  [
    'two steps on one day',
    { [strategy]: ['daysPastDue: 3', 'daysPastDue: 1'] },
    'strategies/plain.yaml:17: stages[0].steps[1].daysPastDue is day 1, which step "first" has already; give each step a day of its own, or say by `when` for whom the later one is',
  ],
  [
    'a template that does not exist',
    { [strategy]: ['template: note', 'template: nota'] },
    'strategies/plain.yaml:13: stages[0].steps[0].template names "nota", which has no text for sms in en; add templates/en/nota.sms.liquid or name another',
  ],
  [
    'a fallback template without that channel',
    { [voice]: null, [email]: null },
    'strategies/plain.yaml:15: stages[0].steps[0].fallback.template names "note", which has no text for email in en; add templates/en/note.email.liquid or name another',
    'strategies/plain.yaml:19: stages[0].steps[1].template names "note", which has no text for call in en; add templates/en/note.voice.yaml or name another',
  ],
  [
    'an id that is not the file name',
    { [strategy]: ['strategy: plain', 'strategy: plane'] },
    'strategies/plain.yaml:1: strategy is "plane" in plain.yaml; write plain or rename the file',
  ],
  [
    'two strategies for the same accounts',
    { 'strategies/other.yaml': (smallConfig[strategy] ?? '').replace('plain', 'other') },
    'strategies/plain.yaml:1: strategy matches the same accounts as "other"; narrow one of the two by `products`, `creditors` or `segments`, or give one a higher `priority`',
  ],
  [
    'a creditor without a file',
    { [strategy]: ['title: Plain', 'title: Plain\ncreditors: [bnak]'] },
    'strategies/plain.yaml:4: creditors[0] is "bnak", which has no file in creditors/; add creditors/bnak.yaml or use one of bank',
  ],
  [
    'a creditor without an English name',
    { [creditor]: ['  en: Bank', '  de: Bank'] },
    'creditors/bank.yaml:2: names has no `en` name, which every other language falls back to; correct it. Display name by locale; `en` is the fallback.',
  ],
  [
    'a pay page without https',
    { [creditor]: ['https://pay', 'http://pay'] },
    'creditors/bank.yaml:7: payUrl is "http://pay.example.com"; write a URL that begins with https://. Page where a debtor can pay.',
  ],
  [
    'a telephone number without a plus',
    { [creditor]: ["phone: '+12025550100'", 'phone: 12025550100'] },
    'creditors/bank.yaml:6: phone is 12025550100; give a text: put it in quotes. Number that a debtor can call.',
  ],
  [
    'a file nobody reads',
    { 'strategies/late.yml': 'strategy: late' },
    'strategies/late.yml:1: is not a file that is read here; rename it (see docs/config-reference.md) or remove it',
  ],
  [
    'a price that is not told in millionths',
    {
      'prices.yaml':
        'currency: USD\nsms: { perSegmentMicros: 0.0083, byCountryMicros: { usa: 1 } }\nemail: { perMessageMicros: 100 }\ncall: { perStartedMinuteMicros: 14000 }\n',
    },
    'prices.yaml:2: sms.perSegmentMicros is 0.0083; give a whole number. Price of a billed segment, where `byCountryMicros` has none.',
    'prices.yaml:2: sms.byCountryMicros.usa is no name that may stand here; use the two capital letters of ISO 3166-1',
  ],
  ['a folder missing', { [creditor]: null }, 'creditors:1: has no files; add at least one file'],
  ['no limits', { 'limits.yaml': null }, 'limits.yaml:1: is missing; add the file'],
  ['no settings of replies', { 'replies.yaml': null }, 'replies.yaml:1: is missing; add the file'],
  ['no words of replies', { 'replies/en.yaml': null }, 'replies:1: has no files; add at least one file'],
  [
    'an unknown country in a rule pack',
    { 'policies/house.yaml': ['rules:', 'calendar: { country: XX }\nrules:'] },
    'policies/house.yaml:4: calendar is of XX, whose public holidays are not known; correct country and state, or set country to null and list `dates`',
  ],
  [
    'an unknown variable',
    { [sms]: ['{{ amountDue }}', '{{ amount }}'] },
    'templates/en/note.sms.liquid:4: body the variable "amount" does not exist; use one of givenName, familyName, creditorName, creditorPhone, payUrl, amountDue, daysPastDue, dueDate, payBy, accountCount',
  ],
  [
    'an unknown variable in the text of an e-mail',
    { [email]: ['  {{ creditorName }}. Reply', '  {{ creditorNames }} {{ creditorName }}. Reply'] },
    'templates/en/note.email.mjml:6: text the variable "creditorNames" does not exist; use one of givenName, familyName, creditorName, creditorPhone, payUrl, amountDue, daysPastDue, dueDate, payBy, accountCount',
  ],
  [
    'an unknown variable in MJML',
    {
      [email]: [
        'A message from {{ creditorName }}. Reply STOP to opt out.\n</mj-text>',
        '{{ who }} {{ creditorName }} STOP\n</mj-text>',
      ],
    },
    'templates/en/note.email.mjml:9: html the variable "who" does not exist; use one of givenName, familyName, creditorName, creditorPhone, payUrl, amountDue, daysPastDue, dueDate, payBy, accountCount',
  ],
  [
    'a tag that is not permitted',
    { [sms]: ['is past due.', '{% assign a = 1 %}'] },
    'templates/en/note.sms.liquid:4: body {% assign a = 1 %} is not permitted; use only if, elsif, else, unless, and their end',
  ],
  [
    'a text without a head',
    { [sms]: ['---\nelements', 'elements'] },
    'templates/en/note.sms.liquid:1: has no head between two --- lines; begin with a line ---, then `elements: […]`, then a line ---, then the text',
  ],
  [
    'an empty text',
    { [sms]: [lastLineOf(smallConfig[sms]), ''] },
    'templates/en/note.sms.liquid:1: body is ""; use at least 1 characters',
  ],
  [
    'an element that is not said',
    { [sms]: ['{{ amountDue }} is', 'Money is'] },
    'templates/en/note.sms.liquid:4: body declares amount_due but does not say it; use {{ amountDue }} or do not declare it',
  ],
  [
    'an opt-out without the keyword',
    { [sms]: ['Reply STOP', 'Write to us'] },
    'templates/en/note.sms.liquid:4: body declares optout_instruction but names no keyword; say how to opt out with STOP',
  ],
  [
    'an element that every text needs',
    { [sms]: ['optout_instruction, ', ''] },
    'templates/en/note.sms.liquid:1: elements does not declare optout_instruction, which every text of this channel needs; add optout_instruction to elements and say it in the text',
  ],
  [
    'a text message that does not begin with a name',
    { [sms]: ['{{ creditorName }}:', 'You owe {{ creditorName }}'] },
    'templates/en/note.sms.liquid:4: body does not begin with a name; begin with {{ creditorName }}, so that a locked screen shows no more than who writes',
  ],
  [
    'a text message that is too long',
    { [sms]: ['is past due.', 'is past due. '.repeat(30)] },
    'templates/en/note.sms.liquid:4: body comes out in 4 segments; limits.yaml allows 2; shorten the text',
  ],
  [
    'a threat',
    { [voice]: ['message: This', 'message: The police will come. This'] },
    'templates/en/note.voice.yaml:3: message contains "police", which words.yaml lists as a threat; say what will happen plainly and only if it is true, or leave it out',
  ],
  [
    'a debt on the answering machine',
    { [voice]: ['machine: Please', 'machine: Your debt of {{ amountDue }}. Please'] },
    'templates/en/note.voice.yaml:5: machine tells of a debt by {{ amountDue }}; leave it out: others may see or hear this part',
    'templates/en/note.voice.yaml:5: machine tells of a debt by "debt"; leave it out: others may see or hear this part',
  ],
  [
    'a debt in a subject',
    { [email]: [': a message', ': past due'] },
    'templates/en/note.email.mjml:3: subject tells of a debt by "past due"; leave it out: others may see or hear this part',
  ],
  [
    'an element that MJML does not know',
    { [email]: ['<mj-text>', '<mj-txt></mj-txt>\n<mj-text>'] },
    "templates/en/note.email.mjml:8: html Element mj-txt doesn't exist or is not registered; see https://documentation.mjml.io for what is permitted here",
  ],
  [
    'MJML that is not closed',
    { [email]: ['</mj-text>', ''] },
    'templates/en/note.email.mjml:8: html <mj-text> is not closed; add </mj-text>',
  ],
  [
    'an include',
    { [email]: ['<mj-text>', '<mj-include path="/etc/passwd" />\n<mj-text>'] },
    'templates/en/note.email.mjml:8: html mj-include is not permitted; write the text out, or put it into layout.mjml',
  ],
  [
    'a condition that MJML would drop',
    { [email]: ['<mj-text>', '{% if accountCount > 1 %}<mj-text>'] },
    'templates/en/note.email.mjml:8: html MJML drops {% if accountCount > 1 %} where it stands; put it inside mj-text, or wrap it in mj-raw',
  ],
  [
    'a locale without words',
    { 'templates/de/note.sms.liquid': smallConfig[sms] ?? '' },
    'templates/de/words.yaml:1: is missing; add the file',
  ],
  [
    'a folder that is no locale',
    { 'templates/English/note.sms.liquid': smallConfig[sms] ?? '' },
    'templates/English:1: is not a file that is read here; rename it (see docs/config-reference.md) or remove it',
  ],
  [
    'a template of an unknown kind',
    { 'templates/en/note.txt': 'hello' },
    'templates/en/note.txt:1: is not a file that is read here; rename it (see docs/config-reference.md) or remove it',
  ],
  [
    'a relaxation without a real reason',
    { 'rules.yaml': 'relax:\n  house/hours: because\n' },
    'rules.yaml:2: relax.house/hours is "because"; use at least 10 characters',
  ],
  [
    'a relaxation of a rule that no pack has',
    { 'rules.yaml': 'relax:\n  house/nights: agreed in the contract\n' },
    'rules.yaml:2: relax.house/nights is a rule that no pack has; correct it or take it out; `dunwell packs lint` lists the rules',
  ],
  [
    'a verified rule that is turned on',
    { 'rules.yaml': 'enforceUnverified: [house/hours]\n' },
    'rules.yaml:1: enforceUnverified names "house/hours", which is no unverified rule; correct it or take it out; `dunwell packs lint` lists the rules',
  ],
];

describe('a broken configuration is refused', () => {
  it.each(rows)('%s', async (_title, change, ...expected) => {
    expect((await readChanged(change)).errors).toEqual(expected);
  });
});
