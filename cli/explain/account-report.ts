import type { Evidence } from '#shared/contracts/evidence.ts';
import type { AccountAction } from '#shared/core/decision/account-action.ts';
import type { PackTrace, RuleTrace } from '#shared/core/permission/explain-permission.ts';
import { localTextAt } from '#shared/core/time/local-time.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import type { AccountExplanation, AskedAndJudged } from '#shared/usecases/explain-account.ts';
import { agreedReport } from './agreed-report.ts';
import { ruleWords } from './rule-words.ts';
import { treatmentReport } from './treatment-report.ts';

export type AccountReport = ReturnType<typeof accountReport>;

/**
 * An explanation as plain data, for JSON and for the printed form. It names a person by id only: no name, number, address
 * or amount is needed to check a decision.
 */
export function accountReport(explained: AccountExplanation) {
  const { account, person, view, at } = explained;
  const passedOver = [...explained.asked];
  const asked = passedOver.pop();
  const zone = view?.homeZone ?? null;
  const openCase = person.cases.find((one) => one.accountId === account.accountId && one.state === 'open');
  return {
    account: account.accountId,
    at: formatIsoInstant(at),
    person: personOf(explained),
    product: account.product,
    creditor: account.creditor,
    isPastDue: account.pastDue > 0,
    dueDate: account.dueDate,
    daysPastDue: explained.daysPastDue,
    strategy: explained.strategy,
    arm: explained.arm ?? null,
    stage: explained.stage,
    treatment: treatmentReport(explained),
    case: openCase === undefined ? null : { reason: openCase.reason, openedAt: isoOf(openCase.openedAt) },
    placement: placementOf(explained),
    agreed: agreedReport(explained),
    decision: decisionOf(explained.action, at),
    contact: asked === undefined ? null : contactOf(asked, at, zone),
    passedOver: passedOver.map((one) => {
      const { step, channel, rules } = contactOf(one, at, zone);
      return { step, channel, denied: rules.filter(isDenying).map(({ rule }) => rule) };
    }),
    attempts: explained.attempts.map(({ reservedAt, channel, state, about, evidence }) => ({
      at: isoOf(reservedAt),
      channel,
      state,
      step: about.find(({ accountId }) => accountId === account.accountId)?.step ?? null,
      evidence,
    })),
    evidence: explained.evidence.map(lineOf),
  };
}

/** The agency that has the account; null when none does. */
function placementOf({ account, person }: AccountExplanation) {
  const open = person.placements.find(
    ({ accountId, state }) => accountId === account.accountId && state === 'open',
  );
  return open === undefined ? null : { agency: open.agency, reason: open.reason, madeAt: isoOf(open.madeAt) };
}

function personOf({ person, view, at }: AccountExplanation) {
  const zones = view?.zones ?? [];
  return {
    debtor: person.debtorId,
    locale: view?.locale ?? null,
    zones: zones.map(({ zone, evidence }) => ({ zone, evidence, localTime: localTextAt(zone, at) })),
    homeZone: view?.homeZone ?? null,
  };
}

function decisionOf(action: AccountAction | null, at: Instant) {
  switch (action?.kind) {
    case undefined:
      return { kind: 'rest' as const, because: ['no_profile'] };
    case 'contact':
      return {
        kind: 'contact' as const,
        at: formatIsoInstant(at),
        channel: action.contact.channel,
        because: [],
      };
    case 'wait':
      return {
        kind: 'wait' as const,
        until: formatIsoInstant(action.until),
        for: action.for,
        because: action.because,
      };
    case 'case':
    case 'place': {
      const { kind, queue, reason, because } = action;
      return { kind, queue, reason, because };
    }
    case 'rest':
      return { kind: 'rest' as const, because: [] };
  }
}

function contactOf(asked: AskedAndJudged, at: Instant, zone: string | null) {
  const { strategy, stage, step, template, proposal, permission } = asked;
  const { channel, purpose } = proposal;
  const facts = { strategy, stage, step, template, channel, purpose };
  if ('error' in permission) {
    return { ...facts, allowed: false, nextAt: null, error: permission.error, ...nothingAsked };
  }
  return {
    ...facts,
    error: null,
    allowed: permission.allowed,
    nextAt: permission.nextAt === null ? null : formatIsoInstant(permission.nextAt),
    packs: permission.packs.map(packOf),
    rules: permission.rules.map((trace) => ruleOf(trace, at, zone)),
  };
}

/** A request that cannot be judged was put before no pack. */
const nothingAsked: {
  readonly packs: ReturnType<typeof packOf>[];
  readonly rules: ReturnType<typeof ruleOf>[];
} = { packs: [], rules: [] };

function isDenying({ verdict }: { readonly verdict: RuleTrace['verdict'] }): boolean {
  return verdict === 'denies';
}

function packOf({ pack, version, attached, zones }: PackTrace) {
  const why = typeof attached === 'string' ? attached : `${attached.by} ${attached.place}`;
  return { pack, version, attachedBy: why, zones };
}

function ruleOf(trace: RuleTrace, at: Instant, zone: string | null) {
  const { rule, kind, force, cite, verdict, passesAt } = trace;
  return {
    rule,
    kind,
    force,
    cite,
    verdict,
    why: ruleWords(trace, at, zone),
    ...(passesAt === undefined ? {} : { passesAt: passesAt === null ? null : formatIsoInstant(passesAt) }),
  };
}

function lineOf({ decisionId, at, kind, channel, about, decision }: Evidence) {
  const denied = 'error' in decision ? [decision.error] : decision.reasons.map(({ rule }) => rule);
  return { decisionId, at: isoOf(at), kind, channel, step: about[0]?.step ?? null, denied };
}

function isoOf(epochMs: number): string {
  return formatIsoInstant(toInstant(epochMs));
}
