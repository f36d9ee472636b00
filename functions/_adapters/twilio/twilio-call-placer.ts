import type { Call, CallPlacer } from '#shared/ports/message-sender.ts';
import { findSent } from './find-sent.ts';
import { toSendResult } from './send-result.ts';
import type { TwilioSenderOptions } from './twilio-sms-sender.ts';
import { callStatusPath, voicePath, webhookUrl } from './webhook-urls.ts';

/** How long we let a telephone ring: most mailboxes pick up within it. */
const ringTimeoutSeconds = 40;

/**
 * Places calls by Twilio. Detection waits for the end of a mailbox's greeting, so that our message is not spoken over it;
 * a person is connected as soon as detection is sure.
 */
export function twilioCallPlacer({
  http,
  publicUrl,
  onUnrecognised,
}: Omit<TwilioSenderOptions, 'clock'>): CallPlacer {
  return {
    channel: 'call',
    async send(call: Call) {
      const form = new URLSearchParams({
        To: call.to,
        From: call.from,
        Url: webhookUrl(publicUrl, voicePath, call.contact),
        MachineDetection: 'DetectMessageEnd',
        Timeout: String(ringTimeoutSeconds),
        StatusCallback: webhookUrl(publicUrl, callStatusPath, call.contact),
      });
      return toSendResult(await http.post('Calls.json', form), onUnrecognised);
    },
    findSent: (lookup) => findSent(http, 'Calls.json', lookup),
  };
}
