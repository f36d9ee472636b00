import type { PlannedContact } from '#shared/core/decision/decision.ts';
import { contextOf } from '#shared/core/decision/own-texts.ts';
import { permittedUntil } from '#shared/core/decision/permitted-until.ts';
import { fillText } from '#shared/core/messages/fill-text.ts';
import { replyAddress, unsubscribeSubject } from '#shared/core/links/reply-address.ts';
import { subjectOf, type ComposeSetting } from '#shared/core/messages/message-subject.ts';
import { findText } from '#shared/core/render/compile-templates.ts';
import { renderEmail, renderSms } from '#shared/core/render/render.ts';
import { creditorNameIn } from '#shared/core/render/template-values.ts';
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
  compose(contact: PlannedContact, setting: ComposeSetting, issued: IssuedLink | null): Composed<M>;
}

/** Text messages: limited in segments, and dropped by the provider rather than sent after the permitted window. */
export function smsChannel(sender: SmsSender, links: LinkIssuer): ContactChannel<Sms> {
  return {
    channel: 'sms',
    sender,
    linkFor: (contact, setting) =>
      leadsToPages(contact, setting) ? linkTo(contact, setting, links) : Promise.resolve(null),
    compose: (contact, setting, issued) => {
      const subject = subjectOf(contact, { ...setting, pages: issued?.pages });
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

/**
 * E-mails with a text and an HTML part. Each has a link of its own, also where its text leads to no pages: by the code in it a
 * mail program can end these e-mails, and an answer is known. `inboundDomain`: where mail to us is taken in; absent: nowhere,
 * answers then go to the creditor's own mailbox.
 */
export function emailChannel(
  sender: EmailSender,
  links: LinkIssuer,
  inboundDomain?: string,
): ContactChannel<Email> {
  return {
    channel: 'email',
    sender,
    linkFor: (contact, setting) =>
      linkTo(contact, setting, links, leadsToPages(contact, setting) ? undefined : 'unsubscribe'),
    compose: (contact, setting, issued) => {
      if (issued === null) return { refused: 'no_unsubscribe_link' };
      const subject = subjectOf(contact, { ...setting, pages: issued.pages });
      const filled = fillText('email', subject, renderEmail);
      if ('refused' in filled) return filled;
      const from = subject.creditor.emailFrom;
      return {
        message: {
          contact: referenceTo(contact),
          from,
          fromName: creditorNameIn(subject.creditor, contact.locale),
          to: contact.destination,
          ...filled.rendered,
          ...waysBack({ from, inboundDomain, issued }),
        },
      };
    },
  };
}

/** Where an answer to an e-mail goes, and how its reader ends these e-mails. */
function waysBack({
  from,
  inboundDomain,
  issued: { code, unsubscribeUrl: url },
}: {
  readonly from: string;
  readonly inboundDomain: string | undefined;
  readonly issued: IssuedLink;
}): Pick<Email, 'replyTo' | 'unsubscribe'> {
  if (inboundDomain === undefined) return { replyTo: from, unsubscribe: { url } };
  const to = replyAddress({ from, code, domain: inboundDomain });
  return { replyTo: to, unsubscribe: { url, mail: { to, subject: unsubscribeSubject } } };
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

function linkTo(
  contact: PlannedContact,
  setting: ComposeSetting,
  links: LinkIssuer,
  opens?: 'unsubscribe',
): Promise<IssuedLink> {
  const { creditor } = subjectOf(contact, setting);
  const { contactId, debtorId, channel, destination, locale } = contact;
  const { days } = setting.rules.agreements.links;
  return links.linkFor({
    ...{ contactId, debtorId, channel, destination, locale, days },
    creditor: creditor.creditor,
    madeAt: setting.now,
    ...(opens !== undefined && { opens }),
  });
}

/** Whether a message leads to pages of ours: its creditor has them, and its text names them. */
function leadsToPages(contact: PlannedContact, setting: ComposeSetting): boolean {
  if (subjectOf(contact, setting).creditor.links !== true) return false;
  const { template: name, channel, locale } = contact;
  const { templates } = setting.rules;
  return findText(templates, { context: contextOf(contact), name, channel, locale })?.namesPages() === true;
}
