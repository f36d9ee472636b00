import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { holdKinds } from '#shared/contracts/hold.ts';
import { answerTexts, type AnswerText } from '#shared/contracts/inbound.ts';
import {
  answerContexts,
  optOutConfirmation,
  strangerTexts,
  type StrangerText,
} from '#shared/core/decision/own-texts.ts';
import { configErrorText } from '#cli/config/config-error.ts';
import { readConfig } from '#cli/read-config.ts';

function ownText(name: AnswerText | StrangerText, channel: 'sms' | 'email'): [path: string, text: string] {
  const answer = answerTexts.find((one) => one === name);
  const canStop = answer !== undefined && name !== optOutConfirmation;
  const head = [
    `context: ${answer === undefined ? 'stranger' : answerContexts[answer]}`,
    `elements: [creditor_identity${canStop ? ', optout_instruction' : ''}]`,
    ...(channel === 'email' ? ["subject: '{{ creditorName }}: a message'"] : []),
  ];
  const body = `{{ creditorName }}: thank you for your message.${canStop ? ' Reply STOP to opt out.' : ''}`;
  return [`templates/en/${name}.${channel}.liquid`, `---\n${head.join('\n')}\n---\n${body}\n`];
}

/** The texts that no strategy names and that every configuration has, as short as can be. */
const ownTextFiles = Object.fromEntries([
  ...answerTexts.flatMap((name) => [ownText(name, 'sms'), ownText(name, 'email')]),
  ...strangerTexts.map((name) => ownText(name, 'sms')),
]);

/** The files of the smallest configuration that is right, by path. */
export const smallConfig: Readonly<Record<string, string>> = {
  'limits.yaml': `pace:
  sms: { perSecond: 1 }
  email: { perSecond: 1 }
  call: { perSecond: 1 }
smsSegmentsMax: 2
gapMinutes: 60
reopenSpreadMinutes: 60
sendMarginMinutes: 5
attemptsMax: 3
`,
  'creditors/bank.yaml': `creditor: bank
names:
  en: Bank
country: US
party: first_party
phone: '+12025550100'
payUrl: https://pay.example.com
smsFrom: '+12025550101'
voiceFrom: '+12025550102'
emailFrom: bank@example.com
`,
  'strategies/plain.yaml': `strategy: plain
version: 2026.11.0
title: Plain
preferred: { from: '15:00', to: '16:00' }
stages:
  - id: early
    from: 1
    to: 30
    steps:
      - id: first
        daysPastDue: 1
        channel: sms
        template: note
        purpose: reminder
        fallback: { channel: email, template: note, afterHours: 4 }
      - id: second
        daysPastDue: 3
        channel: call
        template: note
        purpose: collection
escalation: { queue: human, afterDays: 5 }
`,
  'queues/human.yaml': `queue: human
kind: human
title: People
firstContactDays: 2
`,
  'agreements.yaml': `promises:
  horizonDays: 21
  shareMin: 0.25
  openMax: 2
  brokenMax: 2
  graceBusinessDays: 2
  keptShare: 0.98
  remindDaysBefore: 1
  followUp: true
plans:
  instalmentsMax: 6
  termDays: 190
  firstWithinDays: 30
  firstShareMin: 0.1
  amountMin: { USD: 20 }
  every: [two_weeks, month]
  missedMax: 0
  reviveWithinDays: 10
  revivalsMax: 1
extensions: null
dueDateChange: null
feeWaiver: { amountMax: { USD: 35 }, perYearMax: 1 }
overrides: []
queue: human
confirm: { channels: [], withinHours: 24 }
receipts: [issuer_page]
survey: { afterDays: 2, invite: false }
links: { days: 45, identity: [birth_date], triesMax: 5, sessionMinutes: 30 }
`,
  'holds.yaml': `holds:
${holdKinds.map((kind) => `  ${kind}: { scope: account, days: 30, daysMax: 90, opensCase: true, atEnd: review, queue: human }`).join('\n')}
`,
  'policies/house.yaml': `pack: house
version: 2026.11.0
tz: { mode: intersect_all, unknown: deny }
rules:
  - { id: hours, kind: window, force: house, allow: { daily: ['09:00-19:00'] } }
`,
  'replies.yaml': `confidenceMin: 0.6
dayparts: { morning: '08:00-12:00', midday: '12:00-14:00', afternoon: '12:00-18:00', evening: '18:00-21:00', night: '21:00-24:00', work: '09:00-17:00' }
answers: { perDayMax: 5, notUnderstoodHours: 24 }
paidPauseDays: 3
proposalHours: 72
`,
  'replies/en.yaml': `locale: en
language: en
marks: [the]
keywords: { opt_out: [stop], opt_in: [start], help: [help], confirm: ['yes'], deny: ['no'] }
answers: { confirm: ['yes'], deny: ['no'] }
phrases: {}
`,
  ...ownTextFiles,
  'templates/en/words.yaml': `optOut: [STOP]
debt: [debt, past due]
threat: [police, or else]
`,
  'templates/en/note.sms.liquid': `---
elements: [creditor_identity, optout_instruction, amount_due]
---
{{ creditorName }}: this is a note about your account. {{ amountDue }} is past due. Reply STOP to opt out.
`,
  'templates/en/note.email.mjml': `---
elements: [creditor_identity, optout_instruction]
subject: '{{ creditorName }}: a message'
text: |
  A message from
  {{ creditorName }}. Reply STOP to opt out.
---
<mj-text>
  A message from {{ creditorName }}. Reply STOP to opt out.
</mj-text>
`,
  'templates/en/note.voice.yaml': `elements: [creditor_identity, limited_content]
greeting: Hello, this is {{ creditorName }}.
message: This is {{ creditorName }}.
goodbye: Goodbye.
machine: Please call {{ creditorName }}.
`,
};

/** A change to the smallest configuration: a file's new text, null to leave it out, or what to replace in it. */
export type Change = Readonly<Record<string, string | null | readonly [string, string]>>;

/** Reads the smallest configuration with a change; the errors come back as text with paths from its folder. */
export async function readChanged(
  change: Change,
): Promise<{ errors: readonly string[]; read: Awaited<ReturnType<typeof readConfig>> }> {
  const dir = await mkdtemp(join(tmpdir(), 'dunwell-config-'));
  try {
    await writeConfig(dir, change);
    const read = await readConfig(dir, { today: '2026-11-21' });
    const errors = read.ok ? [] : read.errors.map((error) => configErrorText(error).replace(`${dir}/`, ''));
    return { errors, read };
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Writes the smallest configuration with a change into a folder. */
export async function writeConfig(dir: string, change: Change = {}): Promise<void> {
  for (const [path, text] of Object.entries(changed(change))) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
}

function changed(change: Change): Record<string, string> {
  const files: Record<string, string> = { ...smallConfig };
  for (const [path, text] of Object.entries(change)) {
    if (text === null) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the copy above is ours
      delete files[path];
    } else if (typeof text === 'string') {
      files[path] = text;
    } else {
      const [from, to] = text;
      const before = files[path] ?? '';
      if (!before.includes(from)) throw new Error(`${path} does not contain ${from}`);
      files[path] = before.replace(from, () => to);
    }
  }
  return files;
}
