import type { ContactReference } from './message-sender.ts';

/** What the machine does next on a call. The adapter renders it in the provider's own words. */
export type VoiceStep =
  | { readonly kind: 'say'; readonly text: string }
  /** Says the prompt and waits for one key; a pressed key comes back as a new `VoiceRequest`, none goes on to the next step. */
  | { readonly kind: 'ask_key'; readonly prompt: string; readonly waitSeconds: number }
  | { readonly kind: 'hang_up' };

/** The provider asks what to do on a call that was picked up, or tells which key was pressed. */
export interface VoiceRequest {
  readonly contact: ContactReference;
  readonly providerId: string;
  /** Who picked up, as the provider heard it; `unknown` must be treated as not being the person. */
  readonly pickedUpBy: 'person' | 'machine' | 'unknown';
  readonly key?: string;
}
