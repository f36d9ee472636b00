import type { Jurisdiction } from '#shared/contracts/permission.ts';
import type { ContactChannel, ContactPurpose, Party } from '#shared/contracts/permission-words.ts';
import type { CompiledPacks } from '#shared/core/permission/compile-packs.ts';
import { explainPermission } from '#shared/core/permission/explain-permission.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** A message that might be sent, as far as it decides which content rules judge it. What is left out, any rule may mean. */
export interface ContentQuestion {
  readonly elements: readonly string[];
  readonly channel: ContactChannel;
  readonly purpose: ContactPurpose;
  readonly party: Party;
  readonly at: Instant;
  readonly product?: string;
  readonly daysPastDue?: number;
  /** The packs that judge it, or where the institution is, which attaches them. */
  readonly by: { readonly packs: readonly string[] } | { readonly jurisdiction: Jurisdiction };
}

/** How one content rule judges a message. */
export interface ContentVerdict {
  /** `pack/rule`. */
  readonly rule: string;
  readonly verdict: 'met' | 'failed' | 'relaxed';
  /** Elements that the rule asks for and the message does not have. */
  readonly missing: readonly string[];
  /** Elements that the rule forbids and the message has. */
  readonly forbidden: readonly string[];
  /** Whether the institution's own place attaches the pack, whoever the message is for. */
  readonly bindsInstitution: boolean;
}

const verdicts = { passes: 'met', denies: 'failed', relaxed: 'relaxed' } as const;

/**
 * Asks the permission engine how the content rules judge a message; rules that do not concern it are left out. The person
 * asked about has agreed to everything, so that what fails fails for everybody.
 */
export function contentVerdicts(question: ContentQuestion, packs: CompiledPacks): readonly ContentVerdict[] {
  const { elements, channel, purpose, party, at, product, daysPastDue, by } = question;
  const explained = explainPermission(
    {
      at,
      channel,
      purpose,
      party,
      ...by,
      zones: [
        { zone: 'UTC', evidence: 'address' },
        { zone: 'UTC', evidence: 'number' },
      ],
      consents: [{ channel, level: 'written', at, outsideHours: true }],
      personalWindows: [],
      debt: { id: 'any', product, daysPastDue },
      destination: { kind: channel === 'email' ? 'email' : 'mobile' },
      history: [],
      holds: [],
      facts: [],
      content: elements,
    },
    packs,
  );
  if ('error' in explained) return [];
  const ofInstitution = new Set(
    explained.packs
      .filter(({ attached }) => typeof attached === 'object' && attached.by === 'institution')
      .map(({ pack }) => pack),
  );
  return explained.rules.flatMap(({ rule, verdict, finding }) => {
    if (finding?.kind !== 'content' || verdict === 'not_applicable') return [];
    const { missing, forbidden } = finding;
    const bindsInstitution = ofInstitution.has(rule.split('/')[0] ?? '');
    return [{ rule, verdict: verdicts[verdict], missing, forbidden, bindsInstitution }];
  });
}

/** What a rule misses or forbids in a message, in words. */
export function verdictWords({ missing, forbidden }: ContentVerdict): string {
  const lacks = missing.length === 0 ? [] : [`it lacks ${missing.join(', ')}`];
  const has = forbidden.length === 0 ? [] : [`it must not have ${forbidden.join(', ')}`];
  return [...lacks, ...has].join('; ');
}
