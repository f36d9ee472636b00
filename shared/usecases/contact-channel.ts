import type { Account } from '#shared/contracts/account.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import type { LedgerEntry, Subject } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import type { PlannedContact } from '#shared/core/decision/decision.ts';
import { permittedUntil } from '#shared/core/decision/permitted-until.ts';
import { homeZoneOf } from '#shared/core/decision/person-view.ts';
import { findTemplate } from '#shared/core/render/compile-templates.ts';
import { renderEmail, renderSms } from '#shared/core/render/render.ts';
import { templateValues, type TemplateValues } from '#shared/core/render/template-values.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import { zonesOf } from '#shared/core/zones/zones-of.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type {
  Call,
  CallPlacer,
  Email,
  EmailSender,
  MessageSender,
  Sms,
  SmsSender,
} from '#shared/ports/message-sender.ts';

/** A message that is ready to go, or why there can be none. */
export type Composed<M> = { readonly message: M } | { readonly refused: string };

/** One way to contact a person: makes the message, then hands it to the provider. */
export interface ContactChannel<M> {
  readonly channel: Channel;
  readonly sender: MessageSender<M>;
  compose(contact: PlannedContact, setting: ComposeSetting): Composed<M>;
}

/** What a message is made from. */
export interface ComposeSetting {
  readonly person: Person;
  readonly rules: DecisionRules;
  readonly now: Instant;
}

/** Text messages: limited in segments, and dropped by the provider rather than sent after the permitted window. */
export function smsChannel(sender: SmsSender): ContactChannel<Sms> {
  return {
    channel: 'sms',
    sender,
    compose: (contact, setting) => {
      const { creditor, values } = subjectOf(contact, setting);
      const template = findTemplate(setting.rules.templates, contact.template, 'sms', contact.locale);
      if (template === undefined) return { refused: `no_template/${contact.template}.sms` };
      const { body, segments } = renderSms(template, values);
      if (segments > setting.rules.limits.smsSegmentsMax)
        return { refused: `too_long/${String(segments)}_segments` };
      const validUntil = permittedUntil(contact, setting);
      return {
        message: {
          contact: referenceTo(contact),
          from: creditor.smsFrom,
          to: contact.destination,
          body,
          validUntil,
        },
      };
    },
  };
}

/** E-mails with a text and an HTML part. */
export function emailChannel(sender: EmailSender): ContactChannel<Email> {
  return {
    channel: 'email',
    sender,
    compose: (contact, setting) => {
      const { creditor, values } = subjectOf(contact, setting);
      const template = findTemplate(setting.rules.templates, contact.template, 'email', contact.locale);
      if (template === undefined) return { refused: `no_template/${contact.template}.email` };
      const parts = renderEmail(template, values);
      return {
        message: {
          contact: referenceTo(contact),
          from: creditor.emailFrom,
          to: contact.destination,
          ...parts,
        },
      };
    },
  };
}

/** Calls: what is said is made when somebody has picked up. */
export function callChannel(sender: CallPlacer): ContactChannel<Call> {
  return {
    channel: 'call',
    sender,
    compose: (contact, setting) => {
      const { creditor } = subjectOf(contact, setting);
      return {
        message: {
          contact: referenceTo(contact),
          from: creditor.voiceFrom,
          to: contact.destination,
          script: 'reminder',
        },
      };
    },
  };
}

function referenceTo({ debtorId, contactId }: PlannedContact) {
  return { debtorId, contactId };
}

/** Who a contact speaks for and the values its text may name. */
export function subjectOf(
  contact: Pick<PlannedContact | LedgerEntry, 'about' | 'locale'>,
  { person, rules, now }: ComposeSetting,
): {
  readonly creditor: Creditor;
  readonly values: TemplateValues<'overdue'>;
  readonly accounts: readonly Account[];
} {
  const debtor = profileOf(person);
  const [leading, ...others] = contact.about.flatMap(({ accountId }) =>
    person.accounts.filter((account) => account.accountId === accountId),
  );
  if (leading === undefined)
    throw new Error(`no account of contact about ${JSON.stringify(contact.about)} exists any more`);
  const creditor = rules.creditors.get(leading.creditor);
  if (creditor === undefined)
    throw new Error(
      `creditor ${leading.creditor} is not configured: add config/creditors/${leading.creditor}.yaml`,
    );
  const zone = homeZoneOf(zonesOf(debtor)) ?? 'UTC';
  const accounts = [leading, ...others] as const;
  const values = templateValues({
    context: 'overdue',
    locale: contact.locale,
    debtor,
    creditor,
    accounts,
    today: localDateAt(zone, now),
    payWithinDays: payWithinDaysOf(contact.about[0], rules),
  });
  return { creditor, values, accounts };
}

/** The time to pay that the leading account's step gives; undefined when the configuration no longer has that step. */
function payWithinDaysOf(subject: Subject | undefined, rules: DecisionRules): number | undefined {
  const versions = rules.strategies.flatMap((family) => family.versions);
  const strategy = versions.find(({ id }) => id === subject?.strategy);
  return strategy?.steps.find(({ step }) => step.id === subject?.step)?.step.payWithinDays;
}

function profileOf(person: Person): Debtor {
  if (person.debtor === undefined)
    throw new Error(`${person.debtorId} has no profile, so nobody can be contacted`);
  return person.debtor;
}
