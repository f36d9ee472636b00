import { describe, expect, it } from 'vitest';
import { eachMessage } from '#functions/_runtime/queue-batch.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { queueEvent } from '../events.ts';

describe('eachMessage', () => {
  it('reports only the messages that failed, and logs each once', async () => {
    const telemetry = createFakeTelemetry();
    const answer = await eachMessage(queueEvent('good', 'bad', 'good'), telemetry, (body) =>
      body === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve(),
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-2' }] });
    expect(telemetry.lines).toMatchObject([{ event: 'message_failed', fields: { messageId: 'm-2' } }]);
    expect(telemetry.counts).toEqual({ message_failed: 1 });
  });

  it('reports nothing for an empty batch', async () => {
    const work = (): Promise<void> => Promise.reject(new Error('nobody calls me'));
    expect(await eachMessage(queueEvent(), createFakeTelemetry(), work)).toEqual({ batchItemFailures: [] });
  });
});
