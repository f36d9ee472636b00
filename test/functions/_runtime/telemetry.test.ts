import { describe, expect, it } from 'vitest';
import { createTelemetry } from '#functions/_runtime/telemetry.ts';
import { at } from '#test/builders/person.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

function started() {
  const lines: string[] = [];
  const clock = createFakeClock(at('2026-03-02T09:00:00Z'));
  const telemetry = createTelemetry({ service: 'plan', clock, write: (line) => lines.push(line) });
  telemetry.startInvocation('r-1');
  return { telemetry, lines, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('createTelemetry', () => {
  it('writes one JSON line with level, time, service and request', () => {
    const { telemetry, read } = started();
    telemetry.info('file_taken', { rows: 3 });
    expect(read()).toEqual([
      {
        level: 'INFO',
        event: 'file_taken',
        at: '2026-03-02T09:00:00.000Z',
        service: 'plan',
        requestId: 'r-1',
        rows: 3,
      },
    ]);
  });

  it('writes the counts of an invocation as one line in the embedded metric format', () => {
    const { telemetry, read } = started();
    telemetry.count('accepted');
    telemetry.count('accepted', 2);
    telemetry.count('withheld_wait');
    telemetry.flush();
    telemetry.flush();
    expect(read()).toEqual([
      {
        _aws: {
          Timestamp: at('2026-03-02T09:00:00Z'),
          CloudWatchMetrics: [
            {
              Namespace: 'Dunwell',
              Dimensions: [['service']],
              Metrics: [
                { Name: 'accepted', Unit: 'Count' },
                { Name: 'withheld_wait', Unit: 'Count' },
              ],
            },
          ],
        },
        service: 'plan',
        accepted: 3,
        withheld_wait: 1,
      },
    ]);
  });

  it('tells an error by name, message and stack, with what caused it', () => {
    const { telemetry, read } = started();
    telemetry.error('plan_failed', new TypeError('broken', { cause: new Error('table away') }), {
      debtorId: 'P1',
    });
    expect(read()[0]).toMatchObject({
      level: 'ERROR',
      debtorId: 'P1',
      error: 'TypeError',
      message: 'broken',
      because: 'table away',
      stack: expect.stringContaining('TypeError: broken') as string,
    });
  });

  it('cuts what an error says to a thousand characters', () => {
    const { telemetry, read } = started();
    telemetry.error('plan_failed', new Error('x'.repeat(5_000)));
    expect(String(read()[0]?.['message'])).toHaveLength(1_000);
  });

  it('never lets a telephone number or an e-mail address into a line', () => {
    const { telemetry, lines } = started();
    telemetry.error(
      'message_failed',
      new Error("The 'To' number +12025550123 of mei.lin@example.com is not valid"),
    );
    expect(lines.join()).not.toMatch(/2025550123|mei\.lin|example\.com/);
    expect(lines.join()).toContain("The 'To' number <phone> of <email> is not valid");
  });
});
