import { describe, expect, it } from 'vitest';
import { treatmentLines, treatmentReport } from '#cli/explain/treatment-report.ts';
import type { AccountExplanation } from '#shared/usecases/explain-account.ts';

type Treatment = Parameters<typeof treatmentReport>[0];

function explained(changes: Partial<Treatment>): Treatment {
  return { segment: null, risk: null, priority: null, ...changes } as AccountExplanation;
}
const segment = { segment: 'stalling', title: { en: 'Stalling', zh: '敷衍拖沓型' }, why: 'Breaks promises.' };

describe('treatmentReport', () => {
  it('shows the segment with the facts that decided it, but no amounts', () => {
    const features = [
      { fact: 'brokenPromises', value: 3 },
      { fact: 'pastDue', value: 12_345.67 },
      { fact: 'reachable', value: ['sms', 'email'] },
      { fact: 'optedOut', value: [] },
      { fact: 'x_special', value: null },
    ];
    const report = treatmentReport(explained({ segment: { ...segment, features } }));
    expect(JSON.stringify(report)).not.toContain('12345');
    expect(treatmentLines(report)).toEqual([
      'segment   stalling (Stalling, 敷衍拖沓型): Breaks promises.',
      '          by brokenPromises 3, pastDue an amount, not shown, reachable sms email, optedOut none, x_special unknown',
      'risk      neither the feed nor a model tells it',
    ]);
  });

  it('shows the risk with what each feature adds, and the priority', () => {
    const contributions = [
      { feature: 'monthsLate' as const, value: 3, contribution: 0.40512 },
      { feature: 'creditUse' as const, value: null, contribution: 0 },
      { feature: 'paidLastMonth' as const, value: 1, contribution: -0.1637 },
    ];
    const risk = {
      source: 'model' as const,
      probability: 0.81234,
      recovery: 0.18766,
      class: 'high' as const,
      contributions,
    };
    expect(treatmentLines(treatmentReport(explained({ risk, priority: 1_204 })))).toEqual([
      'segment   nothing is known of the person',
      'risk      high by the model: does not cure within a month with 0.812, recovery 0.188',
      '          log-odds against the average account: monthsLate 3 (+0.405), creditUse unknown (0), paidLastMonth 1 (-0.164)',
      'priority  1204 if it goes to people; higher comes first',
    ]);
  });

  it("says when the score is the feed's", () => {
    const risk = {
      source: 'feed' as const,
      probability: 0.2,
      recovery: 0.8,
      class: 'low' as const,
      contributions: [],
    };
    expect(treatmentLines(treatmentReport(explained({ risk })))[1]).toBe(
      "risk      low by the feed's own score: does not cure within a month with 0.2, recovery 0.8",
    );
  });
});
