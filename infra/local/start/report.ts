import type { RunSummary } from './summary.ts';

/** A run's summary for a person to read. */
export function describeSummary(summary: RunSummary): string {
  const { accounts, broken } = summary;
  const lines = [
    `${day(summary.from)} to ${day(summary.to)}: ${String(summary.people)} people, ${String(accounts.total)} accounts`,
    `  cured ${accounts.cured} · waiting for their next step ${accounts.overdueWaiting} · with people ${accounts.withPeople} · in good standing ${accounts.goodStanding}`,
    ...Object.entries(summary.contacts).map(([channel, states]) => `  ${channel.padEnd(5)} ${words(states)}`),
    `  payments taken ${summary.paymentsTaken} · cases ${words(summary.cases) || 'none'}`,
    `  texts written by people ${summary.replies.written} · read as ${words(summary.replies.read) || 'nothing'}`,
    `  promises ${words(summary.promises) || 'none'}`,
    `  sent twice ${broken.sentTwice} · stuck ${broken.stuck} · in dead-letter queues ${broken.inDeadLetterQueues} · access denied ${broken.accessDenied}`,
  ];
  return lines.join('\n');
}

function words(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([word, count]) => `${word.replaceAll('_', ' ')} ${String(count)}`)
    .join(' · ');
}

function day(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
