import { describe, expect, it } from 'vitest';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { createTelemetry } from '#functions/_runtime/telemetry.ts';
import { at } from '#test/builders/person.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

function started() {
  const lines: string[] = [];
  const clock = createFakeClock(at('2026-03-02T09:00:00Z'));
  return { lines, telemetry: createTelemetry({ service: 'tick', clock, write: (line) => lines.push(line) }) };
}

describe('lambdaEntry', () => {
  it('answers what the handler answers and writes its counts afterwards', async () => {
    const { telemetry, lines } = started();
    const entry = lambdaEntry(telemetry, (event: number) => {
      telemetry.count('seen', event);
      return Promise.resolve(event + 1);
    });
    expect(await entry(1, { awsRequestId: 'r-1' })).toBe(2);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ service: 'tick', seen: 1 });
  });

  it('logs an error that nobody handled once, with the request it belongs to, and lets Lambda see it', async () => {
    const { telemetry, lines } = started();
    const entry = lambdaEntry(telemetry, () => Promise.reject(new Error('table away')));
    await expect(entry({}, { awsRequestId: 'r-2' })).rejects.toThrow('table away');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { event: 'invocation_failed', requestId: 'r-2', message: 'table away' },
    ]);
  });
});
