import type { Clock } from '#shared/ports/clock.ts';
import type { SendResult, Sms, SmsSender } from '#shared/ports/message-sender.ts';
import { findSent } from './find-sent.ts';
import { toSendResult } from './send-result.ts';
import type { TwilioHttp } from './twilio-http.ts';
import type { OnUnrecognised } from '#functions/_adapters/vendor-words.ts';
import { messageStatusPath, webhookUrl } from './webhook-urls.ts';

/** Bounds of ValidityPeriod (Twilio's Message resource). Below 5 s Twilio warns that the message may never leave. */
const validitySecondsMin = 5;
const validitySecondsMax = 36_000;

export interface TwilioSenderOptions {
  readonly http: TwilioHttp;
  readonly clock: Clock;
  /** Origin of our own webhooks, without a slash at its end. */
  readonly publicUrl: string;
  readonly onUnrecognised: OnUnrecognised;
}

/** The window closes now; a fresh decision finds the next one. */
const tooLate: SendResult = {
  kind: 'rejected',
  reason: 'expired',
  retry: { kind: 'after', ms: validitySecondsMin * 1_000 },
};

/** Sends SMS by Twilio. Twilio itself drops a message that would leave its queue after `validUntil`. */
export function twilioSmsSender(options: TwilioSenderOptions): SmsSender {
  const { http, clock, publicUrl, onUnrecognised } = options;
  return {
    channel: 'sms',
    async send(sms: Sms) {
      const validitySeconds = Math.floor((sms.validUntil - clock.now()) / 1_000);
      if (validitySeconds < validitySecondsMin) return tooLate;
      const form = new URLSearchParams({
        To: sms.to,
        From: sms.from,
        Body: sms.body,
        ValidityPeriod: String(Math.min(validitySeconds, validitySecondsMax)),
        StatusCallback: webhookUrl(publicUrl, messageStatusPath, sms.contact),
      });
      return toSendResult(await http.post('Messages.json', form), onUnrecognised);
    },
    findSent: (lookup) => findSent(http, 'Messages.json', lookup),
  };
}
