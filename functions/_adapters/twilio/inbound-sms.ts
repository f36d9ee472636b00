import * as z from 'zod';
import type { ProviderKeyword, ReceivedMessage } from '#shared/core/inbound/received-message.ts';
import { PhoneSchema } from '#shared/contracts/primitives.ts';
import type { OnUnrecognised } from '#functions/_adapters/vendor-words.ts';
import type { TwilioWebhook } from './status-callback.ts';
import { keywordByOptOutType, keywordByWord } from './twilio-words.ts';

/** Twilio's id of a message: text, or with pictures. */
const SidSchema = z.string().regex(/^(?:SM|MM)[0-9a-f]{32}$/i);

const FormSchema = z.object({ MessageSid: SidSchema, From: PhoneSchema, To: z.string().max(64) });

/** What stands for a message that is only pictures: nobody looks at them, and the person should learn that. */
const picturesAlone = '[media]';

/**
 * A text message to us. Undefined, and counted, when it comes from no telephone number: short codes and other networks
 * (`whatsapp:…`) are nobody whom we write to.
 */
export function readInboundSms(
  { form, receivedAt }: Pick<TwilioWebhook, 'form' | 'receivedAt'>,
  onUnrecognised: OnUnrecognised,
): ReceivedMessage | undefined {
  const parsed = FormSchema.safeParse({
    MessageSid: form.get('MessageSid'),
    From: form.get('From'),
    To: form.get('To'),
  });
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? 'form';
    onUnrecognised({ field, value: kindOf(form.get(field) ?? '') });
    return undefined;
  }
  const { MessageSid: sid, From: from, To: to } = parsed.data;
  return {
    inboundId: `sms:${sid}`,
    channel: 'sms',
    from,
    to,
    text: textOf(form),
    at: receivedAt,
    sender: 'proven',
    keyword: keywordOf(form, onUnrecognised),
  };
}

function textOf(form: URLSearchParams): string {
  const body = form.get('Body') ?? '';
  const hasMedia = (form.get('NumMedia') ?? '0') !== '0';
  return body.trim() === '' && hasMedia ? picturesAlone : body;
}

/** What an address is like, without telling whose it is: logs carry no numbers. */
function kindOf(address: string): string {
  return /^[a-z]{1,20}:/.exec(address)?.[0] ?? (/^\d{3,8}$/.test(address) ? 'short code' : 'other');
}

/** Twilio acts on a keyword only when it is the whole message, in whatever case. */
function keywordOf(form: URLSearchParams, onUnrecognised: OnUnrecognised): ProviderKeyword | undefined {
  const word = (form.get('Body') ?? '').trim().toUpperCase();
  const isAlsoAnswer = word === 'YES';
  const optOutType = form.get('OptOutType') ?? '';
  if (optOutType !== '') {
    const kind = keywordByOptOutType.get(optOutType);
    if (kind !== undefined) return { kind, isCertain: true, isAlsoAnswer };
    onUnrecognised({ field: 'OptOutType', value: optOutType });
  }
  const kind = keywordByWord.get(word);
  return kind === undefined ? undefined : { kind, isCertain: false, isAlsoAnswer };
}
