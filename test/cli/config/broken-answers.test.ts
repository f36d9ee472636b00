import { describe, expect, it } from 'vitest';
import { readChanged, type Change } from './small-config.ts';

const plain = 'templates/en/reply-thanks.email.liquid';
const stopped = 'templates/en/reply-stopped.sms.liquid';
const stranger = 'templates/en/reply-stranger.sms.liquid';

function withoutTexts(...names: readonly string[]): Change {
  return Object.fromEntries(names.map((name) => [`templates/en/${name}`, null]));
}

function ownEmail(head: string, body: string): string {
  return `---\ncontext: answer\n${head}\n---\n${body}\n`;
}
const elements = 'elements: [creditor_identity, optout_instruction]';
const subject = "subject: '{{ creditorName }}: a message'";

/** Each row: what somebody did wrong, the change, and the whole text of each error that they are told. */
const rows: readonly [string, Change, ...string[]][] = [
  [
    'an answer without a text',
    withoutTexts('reply-help.sms.liquid', 'reply-paid.email.liquid', 'promise-confirmation.sms.liquid'),
    'replies.yaml:3: answers are given as "reply-help" by sms, which has no text in en; add templates/en/reply-help.sms.liquid',
    'replies.yaml:3: answers are given as "reply-paid" by email, which has no text in en; add templates/en/reply-paid.email.liquid',
    'replies.yaml:3: answers are given as "promise-confirmation" by sms, which has no text in en; add templates/en/promise-confirmation.sms.liquid',
  ],
  [
    'no text for whoever is not known',
    withoutTexts('reply-stranger.sms.liquid', 'reply-which-person.sms.liquid'),
    'replies.yaml:3: answers are given as "reply-stranger" by sms, which has no text in en; add templates/en/reply-stranger.sms.liquid',
    'replies.yaml:3: answers are given as "reply-which-person" by sms, which has no text in en; add templates/en/reply-which-person.sms.liquid',
  ],
  [
    'a question that is about nothing that was proposed',
    {
      'templates/en/reply-confirm.sms.liquid': ['context: proposal', 'context: answer'],
      'templates/en/reply-confirm.email.liquid': ['context: proposal', 'context: answer'],
    },
    'replies.yaml:3: answers are given as "reply-confirm" by sms, whose text is about answer; write context: proposal in templates/en/reply-confirm.sms.liquid',
    'replies.yaml:3: answers are given as "reply-confirm" by email, whose text is about answer; write context: proposal in templates/en/reply-confirm.email.liquid',
  ],
  [
    'an answer that tells a stranger who owes',
    { [stranger]: ['thank you', 'your debt, {{ givenName }}: thank you'] },
    'templates/en/reply-stranger.sms.liquid:5: body the variable "givenName" does not exist in a text of context stranger; use one of creditorName, creditorPhone',
  ],
  [
    'an answer that tells a stranger of a debt, wherever in it',
    {
      [stranger]: ['message.', 'message, which came from a number that we do not know. It is about a debt.'],
    },
    'templates/en/reply-stranger.sms.liquid:5: body tells of a debt by "debt"; leave it out: this text says nothing of accounts',
  ],
  [
    'a confirmation of an opt-out that says more',
    { [stopped]: ['message.', 'message. You can still settle what is past due at {{ payUrl }}'] },
    'templates/en/reply-stopped.sms.liquid:5: body tells of a debt by "past due"; leave it out: this text says nothing of accounts',
    'templates/en/reply-stopped.sms.liquid:5: body names {{ payUrl }}, and whoever has opted out is told that and nothing else; leave it out',
  ],
  [
    'an e-mail that is written twice',
    {
      'templates/en/note.email.liquid': ownEmail(
        `${elements}\n${subject}`,
        '{{ creditorName }}. STOP ends it.',
      ),
    },
    'templates/en/note.email.liquid:1: is the same e-mail as note.email.mjml; remove note.email.liquid or note.email.mjml',
  ],
  [
    'a plain e-mail without a head',
    { [plain]: 'Thank you.\n' },
    'templates/en/reply-thanks.email.liquid:1: has no head between two --- lines; begin with a line ---, then `elements: […]`, then a line ---, then the text',
  ],
  [
    'a plain e-mail without a subject',
    { [plain]: ownEmail(elements, '{{ creditorName }}: thank you. STOP ends it.') },
    'templates/en/reply-thanks.email.liquid:2: subject is missing; give a text. Subject line; it shows on a locked screen, so it says nothing of a debt.',
  ],
  [
    'a plain e-mail without words',
    { [plain]: ownEmail(`${elements}\n${subject}`, '') },
    'templates/en/reply-thanks.email.liquid:1: text is ""; use at least 1 characters. The plain-text part; says what the HTML part says.',
  ],
  [
    'a plain e-mail with a variable of another context, once',
    { [plain]: ['thank you', '\n\n{{ amountDue }}: thank you'] },
    'templates/en/reply-thanks.email.liquid:8: text the variable "amountDue" does not exist in a text of context answer; write `context: overdue` if that is what the text is about, or use one of givenName, familyName, creditorName, creditorPhone, payUrl, manageUrl',
  ],
  [
    'a plain e-mail that does not say what it declares, once',
    { [plain]: ['{{ creditorName }}: thank you for your message. Reply STOP', 'Thank you. Reply END'] },
    'templates/en/reply-thanks.email.liquid:6: text declares optout_instruction but names no keyword; say how to opt out with STOP',
    'templates/en/reply-thanks.email.liquid:6: text declares creditor_identity but does not say it; use {{ creditorName }} or do not declare it',
  ],
  [
    'a plain e-mail that tells of a debt on a locked screen, writes out an amount and threatens',
    { [plain]: ['{{ creditorName }}: thank you', 'Your debt: $5, or else {{ creditorName }} thanks'] },
    'templates/en/reply-thanks.email.liquid:6: text contains "or else", which words.yaml lists as a threat; say what will happen plainly and only if it is true, or leave it out',
    'templates/en/reply-thanks.email.liquid:6: text writes out the amount "$5"; name it by a variable, which is right for each person and written as the language writes it',
  ],
];

describe('a broken answer is refused', () => {
  it.each(rows)('%s', async (_title, change, ...expected) => {
    expect((await readChanged(change)).errors).toEqual(expected);
  });
});
