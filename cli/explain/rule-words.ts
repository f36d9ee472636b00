import type { CountingClass } from '#shared/contracts/permission-words.ts';
import type { RuleTrace } from '#shared/core/permission/explain-permission.ts';
import type { RuleFinding } from '#shared/core/permission/rule-finding.ts';
import { localTextAt } from '#shared/core/time/local-time.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';

/** An instant as the person's clock and as UTC show it. */
export function clockWords(at: Instant, zone: string | null): string {
  const utc = formatIsoInstant(at);
  return zone === null ? utc : `${localTextAt(zone, at)} ${zone} (${utc})`;
}

const notForWords: Readonly<Record<NonNullable<RuleTrace['notFor']>, string>> = {
  channel: 'is for other channels',
  condition: 'its conditions (`when`) do not hold',
  dispensed: 'the person has dispensed with it (`unless`)',
  purpose: 'is for other purposes',
  date: 'is not in force on this date',
};

/** What a rule looked at and found, as one sentence. */
export function ruleWords(
  { notFor, finding, passesAt }: RuleTrace,
  at: Instant,
  zone: string | null,
): string {
  if (notFor !== undefined) return notForWords[notFor];
  const found = finding === undefined ? '' : findingWords(finding, at, zone);
  if (passesAt === undefined) return found;
  const until =
    passesAt === null ? 'no time in the next 60 days mends it' : `passes from ${clockWords(passesAt, zone)}`;
  return found === '' ? until : `${found}; ${until}`;
}

function findingWords(finding: RuleFinding, at: Instant, zone: string | null): string {
  switch (finding.kind) {
    case 'window':
      return windowWords(finding, at);
    case 'cap':
      return capWords(finding, zone);
    case 'cooldown':
      return cooldownWords(finding, zone);
    case 'hold':
      return holdWords(finding);
    default:
      return factWords(finding, zone);
  }
}

type FindingOf<Kind extends RuleFinding['kind']> = Extract<RuleFinding, { kind: Kind }>;

function windowWords({ clocks }: FindingOf<'window'>, at: Instant): string {
  const words = clocks.map(({ zone, open, isHoliday }) => {
    const hours = open.length === 0 ? 'closed all day' : `open ${open.join(', ')}`;
    return `${localTextAt(zone, at)} in ${zone}${isHoliday ? ', a holiday' : ''}: ${hours}`;
  });
  return words.join('; ');
}

function capWords({ count, max, window, distinctChannels, counted }: FindingOf<'cap'>, zone: string | null) {
  const what = distinctChannels ? `channels of ${classWords(count)}` : classWords(count);
  const times = counted.map(({ at, channel, outcome }) => `${clockWords(at, zone)} ${channel} ${outcome}`);
  const list = times.length === 0 ? '' : `: ${times.join(', ')}`;
  return `at most ${max} ${what} ${windowLengthWords(window)}, counted ${counted.length}${list}`;
}

function windowLengthWords(window: FindingOf<'cap'>['window']): string {
  if (typeof window === 'string') return `a ${window.replace('_', ' ')}`;
  return 'rolling_days' in window ? `in ${window.rolling_days} days` : `in ${window.rolling_hours} hours`;
}

function cooldownWords({ after, for: length, since }: FindingOf<'cooldown'>, zone: string | null): string {
  const pause = 'hours' in length ? `${length.hours} hours` : `${length.calendar_days} calendar days`;
  const last = since === undefined ? 'there was none' : `the last was ${clockWords(since, zone)}`;
  return `${pause} without contact after ${classWords(after)}: ${last}`;
}

function holdWords({ suspends, inForce }: FindingOf<'hold'>): string {
  if (inForce.length === 0) return 'no such hold is in force';
  return `in force: ${inForce.join(', ')}${suspends ? '' : ' (does not suspend contact)'}`;
}

function factWords(
  finding: FindingOf<'prerequisite' | 'consent' | 'content' | 'recipient'>,
  zone: string | null,
): string {
  switch (finding.kind) {
    case 'prerequisite':
      return finding.since === undefined
        ? `needs ${finding.require}, which is not there`
        : `needs ${finding.require}, there since ${clockWords(finding.since, zone)}`;
    case 'consent':
      return `needs consent "${finding.needed}", the person gave ${finding.level ?? 'none'}`;
    case 'recipient':
      return `not to ${finding.denied.join(', ')}; this goes to ${finding.destination ?? 'an unknown kind'}`;
    case 'content':
      return contentWords(finding);
  }
}

function contentWords({ isJudged, missing, forbidden }: FindingOf<'content'>): string {
  if (!isJudged) return 'the text is not rendered yet';
  const parts = [
    ...(missing.length > 0 ? [`the text lacks ${missing.join(', ')}`] : []),
    ...(forbidden.length > 0 ? [`the text must not have ${forbidden.join(', ')}`] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : 'the text has what it must have';
}

function classWords(name: CountingClass): string {
  return name.replaceAll('_', ' ');
}
