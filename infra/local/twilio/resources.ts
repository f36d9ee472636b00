import { createHash } from 'node:crypto';
import type { CallRecord, MessageRecord } from './records.ts';

export const apiVersion = '2010-04-01';

/** An id of Twilio's form that is the same in every run with the same seed: `SM` and 32 hex digits. */
export function sidOf(prefix: 'SM' | 'CA', seed: string, ordinal: number): string {
  return `${prefix}${createHash('md5').update(`${seed}/${prefix}/${ordinal}`).digest('hex')}`;
}

/** RFC 2822 in GMT, as Twilio writes its dates. */
export function rfc2822(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

const gsm7Characters = /^[\n\r A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@_¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΔΦΓΛΩΠΨΣΘΞ]*$/;

/** How many parts the carrier bills; extended GSM-7 characters count as UCS-2 here, which never counts too few. */
function segmentsOf(body: string): number {
  const [single, part] = gsm7Characters.test(body) ? [160, 153] : [70, 67];
  return body.length <= single ? 1 : Math.ceil(body.length / part);
}

/** What Twilio's API shows of a message. Neither our contact id nor the callback URL is in it: nothing else is either. */
export function messageResource(accountSid: string, record: MessageRecord): Record<string, unknown> {
  const uri = `/${apiVersion}/Accounts/${accountSid}/Messages/${record.sid}`;
  return {
    account_sid: accountSid,
    api_version: apiVersion,
    body: record.body,
    date_created: rfc2822(record.createdAt),
    date_sent: record.sentAt === undefined ? null : rfc2822(record.sentAt),
    date_updated: rfc2822(record.updatedAt),
    direction: record.direction,
    error_code: record.errorCode ?? null,
    error_message: null,
    from: record.from,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: String(segmentsOf(record.body)),
    price: null,
    price_unit: 'USD',
    sid: record.sid,
    status: record.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: record.to,
    uri: `${uri}.json`,
  };
}

/** What Twilio's API shows of a call. */
export function callResource(accountSid: string, record: CallRecord): Record<string, unknown> {
  const dateOf = (at: number | undefined): string | null => (at === undefined ? null : rfc2822(at));
  return {
    account_sid: accountSid,
    answered_by: record.answeredBy ?? null,
    api_version: apiVersion,
    caller_name: null,
    date_created: rfc2822(record.createdAt),
    date_updated: rfc2822(record.updatedAt),
    direction: 'outbound-api',
    duration: record.endedAt === undefined ? null : String(talkedSeconds(record)),
    end_time: dateOf(record.endedAt),
    forwarded_from: null,
    from: record.from,
    from_formatted: record.from,
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: null,
    price: null,
    price_unit: 'USD',
    queue_time: '0',
    sid: record.sid,
    start_time: dateOf(record.startedAt),
    status: record.status,
    subresource_uris: {},
    to: record.to,
    to_formatted: record.to,
    trunk_sid: null,
    uri: `/${apiVersion}/Accounts/${accountSid}/Calls/${record.sid}.json`,
  };
}

/** How long the call lasted from picking up to its end so far; 0 when nobody picked up. */
export function talkedSeconds({ answeredAt, endedAt }: CallRecord): number {
  return answeredAt === undefined || endedAt === undefined ? 0 : Math.round((endedAt - answeredAt) / 1_000);
}
