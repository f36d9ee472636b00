import { parseIsoInstant } from '#shared/kernel/iso-instant.ts';
import type { AccountReport } from './account-report.ts';
import { agreedSections } from './agreed-report.ts';
import { clockWords } from './rule-words.ts';
import { treatmentLines } from './treatment-report.ts';

type Contact = NonNullable<AccountReport['contact']>;

/** A report for a compliance officer to read, in the order in which one asks: who, which age, what, why, when, and the proof. */
export function accountText(report: AccountReport, time: 'past' | 'present' | 'future'): string {
  const { account, person, at, contact, passedOver, attempts, evidence } = report;
  const zone = person.homeZone;
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [`Account ${account} of ${person.debtor}, ${when(at, zone)}`, timeNotes[time]],
    ['Person', personLines(report)],
    ['Account', accountLines(report)],
    ['Segment, risk and priority', treatmentLines(report.treatment)],
    ...agreedSections(report.agreed),
    ['Decision', decisionLines(report)],
    ...(passedOver.length === 0 ? [] : [['Passed over before it', passedOver.map(passedOverLine)] as const]),
    ...(contact === null ? [] : contactSections(contact, zone)),
    [
      `Contacts about this account (${attempts.length})`,
      attempts.map((one) => `${when(one.at, zone)}  ${one.channel}  step ${one.step ?? '?'}  ${one.state}`),
    ],
    [
      `Stored decisions (${evidence.length}, oldest first); \`dunwell replay ID\` decides one again`,
      evidence.map(evidenceLine),
    ],
  ];
  return sections
    .map(([title, lines]) => [title, ...lines.map((line) => `  ${line}`), ''].join('\n'))
    .join('\n');
}

const timeNotes = {
  past: [
    'Profile and accounts are as they stand now; contacts, payments, words, cases and ended addresses as then.',
    'What was decided then is under "Stored decisions".',
  ],
  present: [],
  future: ['If nothing else happens until then.'],
} as const;

function personLines({ person }: AccountReport): string[] {
  const zones = person.zones.map(
    ({ zone, evidence, localTime }) => `zone    ${zone} by ${evidence}: ${localTime}`,
  );
  return [
    `locale  ${person.locale ?? 'unknown'}`,
    ...(zones.length > 0 ? zones : ['zone    none is known: nobody may be contacted']),
    ...(person.homeZone === null ? [] : [`dates   by ${person.homeZone}`]),
  ];
}

function accountLines(report: AccountReport): string[] {
  const { product, creditor, isPastDue, dueDate, daysPastDue, strategy, stage, arm, case: open } = report;
  const age = daysPastDue === null ? 'of unknown age' : `${daysPastDue} days past due`;
  return [
    `${product} of ${creditor}, ${isPastDue ? 'past due' : 'in good standing'}; due date ${dueDate}, ${age}`,
    `strategy ${strategy ?? 'none'}, stage ${stage ?? 'none'}${arm === null ? '' : `, arm ${arm.arm} of experiment ${arm.experiment}`}`,
    ...(open === null ? [] : [`people own it: case opened ${open.openedAt}, ${open.reason}`]),
    ...placementLines(report),
  ];
}

function placementLines({ placement }: AccountReport): string[] {
  if (placement === null) return [];
  const { agency, madeAt, reason } = placement;
  return [`agency ${agency} owns it: placed ${madeAt}, ${reason}`];
}

function decisionLines({ decision, person }: AccountReport): string[] {
  const because = decision.because.length > 0 ? [`because ${decision.because.join(', ')}`] : [];
  switch (decision.kind) {
    case 'contact':
      return [`contact now by ${decision.channel}`];
    case 'wait':
      return [`wait until ${when(decision.until, person.homeZone)}, then ${decision.for}`, ...because];
    case 'case':
      return [`leave it to people in queue ${decision.queue}: ${decision.reason}`, ...because];
    case 'place':
      return [`place it by queue ${decision.queue}: ${decision.reason}`, ...because];
    case 'rest':
      return ['nothing to do until something about the account changes', ...because];
  }
}

function passedOverLine({ step, channel, denied }: AccountReport['passedOver'][number]): string {
  const why = denied.length === 0 ? 'a later step comes before its time' : `denied by ${denied.join(', ')}`;
  return `${channel} of step ${step}: ${why}`;
}

function contactSections(contact: Contact, zone: string | null): (readonly [string, readonly string[]])[] {
  const { channel, purpose, stage, step, template, error, packs, rules, allowed, nextAt } = contact;
  const chance =
    nextAt === null ? 'there is no chance in the next 60 days' : `the next chance is ${when(nextAt, zone)}`;
  const result = allowed ? 'All rules pass at this moment.' : `Not permitted at this moment; ${chance}.`;
  return [
    ['Contact asked for', [`${channel}, ${purpose}, text ${template}, by stage ${stage}, step ${step}`]],
    [
      'Packs that bind it',
      packs.map(
        (one) => `${one.pack} ${one.version}: ${one.attachedBy}; by ${one.zones.join(', ') || 'no zone'}`,
      ),
    ],
    ['Rules', [...(error === null ? [] : [error]), ...rules.flatMap(ruleLines), result]],
  ];
}

const verdictWords = { passes: 'passes', denies: 'DENIES', relaxed: 'relaxed', not_applicable: '-' } as const;

function ruleLines({ rule, kind, force, cite, verdict, why }: Contact['rules'][number]): string[] {
  const head = `${verdictWords[verdict].padEnd(8)}${rule} (${kind}, ${force})`;
  if (verdict === 'not_applicable') return [`${head}: ${why}`];
  return [head, `        ${why}`, ...(verdict === 'denies' && cite !== null ? [`        ${cite}`] : [])];
}

function evidenceLine({
  decisionId,
  at,
  kind,
  channel,
  step,
  denied,
}: AccountReport['evidence'][number]): string {
  const result = kind === 'contact' ? 'permitted' : `denied by ${denied.join(', ')}`;
  return `${at}  ${kind.padEnd(8)}  ${channel}  step ${step ?? '?'}  ${result}  ${decisionId}`;
}

function when(iso: string, zone: string | null): string {
  const at = parseIsoInstant(iso);
  return at === undefined ? iso : clockWords(at, zone);
}
