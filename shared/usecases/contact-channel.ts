import type { PlannedContact } from '#shared/core/decision/decision.ts';
import { contextOf } from '#shared/core/decision/own-texts.ts';
import { permittedUntil } from '#shared/core/decision/permitted-until.ts';
import { fillText } from '#shared/core/messages/fill-text.ts';
import { subjectOf, type ComposeSetting } from '#shared/core/messages/message-subject.ts';
import { findText } from '#shared/core/render/compile-templates.ts';
import { renderEmail, renderSms } from '#shared/core/render/render.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { IssuedLink, LinkIssuer } from '#shared/ports/link-issuer.ts';
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
  /** The personal link that the message carries; null when it needs none. */
  linkFor(contact: PlannedContact, setting: ComposeSetting): Promise<IssuedLink | null>;
  compose(contact: PlannedContact, setting: ComposeSetting): Composed<M>;
}

/** Text messages: limited in segments, and dropped by the provider rather than sent after the permitted window. */
export function smsChannel(sender: SmsSender, links: LinkIssuer): ContactChannel<Sms> {
  return {
    channel: 'sms',
    sender,
    linkFor: linksBy(links),
    compose: (contact, setting) => {
      const subject = subjectOf(contact, setting);
      const filled = fillText('sms', subject, renderSms);
      if ('refused' in filled) return filled;
      const { body, segments } = filled.rendered;
      if (segments > setting.rules.limits.smsSegmentsMax)
        return { refused: `too_long/${String(segments)}_segments` };
      const validUntil = permittedUntil(contact, setting);
      return {
        message: {
          contact: referenceTo(contact),
          from: subject.creditor.smsFrom,
          to: contact.destination,
          body,
          validUntil,
        },
      };
    },
  };
}

/** E-mails with a text and an HTML part. */
export function emailChannel(sender: EmailSender, links: LinkIssuer): ContactChannel<Email> {
  return {
    channel: 'email',
    sender,
    linkFor: linksBy(links),
    compose: (contact, setting) => {
      const subject = subjectOf(contact, setting);
      const filled = fillText('email', subject, renderEmail);
      if ('refused' in filled) return filled;
      return {
        message: {
          contact: referenceTo(contact),
          from: subject.creditor.emailFrom,
          to: contact.destination,
          ...filled.rendered,
        },
      };
    },
  };
}

/** Calls: what is said is made when somebody has picked up, and nobody can follow a link by ear. */
export function callChannel(sender: CallPlacer): ContactChannel<Call> {
  return {
    channel: 'call',
    sender,
    linkFor: () => Promise.resolve(null),
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

/** A link for each message whose creditor has pages of ours and whose text leads there. */
function linksBy(links: LinkIssuer): ContactChannel<unknown>['linkFor'] {
  return (contact, setting) => {
    const { creditor } = subjectOf(contact, setting);
    if (creditor.links !== true || !leadsToPages(contact, setting)) return Promise.resolve(null);
    const { contactId, debtorId, channel, destination, locale } = contact;
    const { days } = setting.rules.agreements.links;
    return links.linkFor({
      ...{ contactId, debtorId, channel, destination, locale, days },
      creditor: creditor.creditor,
      madeAt: setting.now,
    });
  };
}

function leadsToPages(contact: PlannedContact, { rules }: ComposeSetting): boolean {
  const { template: name, channel, locale } = contact;
  const text = findText(rules.templates, { context: contextOf(contact), name, channel, locale });
  return text?.namesPages() === true;
}
