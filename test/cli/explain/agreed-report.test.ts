import { describe, expect, it } from 'vitest';
import { agreedReport, agreedSections } from '#cli/explain/agreed-report.ts';
import type { AccountExplanation } from '#shared/usecases/explain-account.ts';
import { everyPart } from '#test/builders/every-part.ts';
import { account, person } from '#test/builders/person.ts';
import { noon } from '#test/builders/stored.ts';

const explained = {
  ...{ account: account(), person: person({ inbound: [...everyPart.inbound] }), view: null, at: noon },
} as unknown as AccountExplanation;

describe('what is told of a message of the person', () => {
  it('is how it was read and answered, and never its words', () => {
    const sections = agreedSections(agreedReport(explained));
    expect(sections).toEqual([
      [
        'What the person wrote or said, as it was read',
        [
          `${new Date(noon).toISOString().replace('.000', '')}  sms  promise 0.72; answered with reply-confirm`,
        ],
      ],
    ]);
    expect(JSON.stringify(agreedReport(explained))).not.toContain('Friday?');
  });
});
