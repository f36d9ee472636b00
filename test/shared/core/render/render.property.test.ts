import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplates, findTemplate } from '#shared/core/render/compile-templates.ts';
import { renderEmail } from '#shared/core/render/render.ts';
import { values } from './sample-facts.ts';

describe('the HTML part of an e-mail', () => {
  const template = findTemplate(
    compileTemplates([
      {
        channel: 'email',
        context: 'overdue',
        name: 'note',
        locale: 'en',
        elements: [],
        subject: '{{ givenName }}',
        text: '{{ givenName }}',
        html: '<i title="{{ givenName }}">{{ familyName }}</i>',
      },
    ]),
    'note',
    'email',
    'en',
  );
  if (template === undefined) throw new Error('no template');

  it('keeps its shape whatever a person is called', () => {
    const name = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...Array.from('<>"\'&{}%ab/= ')) }));
    fc.assert(
      fc.property(name, name, (givenName, familyName) => {
        const { html, subject } = renderEmail(template, values({ debtor: { givenName, familyName } }));
        expect(html).toMatch(/^<i title="[^<>"]*">[^<>"]*<\/i>$/u);
        expect(subject).not.toMatch(/[\r\n]/u);
      }),
    );
  });
});
