import type { ReplyLanguage, ReplyRequest } from '#shared/contracts/replies.ts';

/** Zones of the United States, where English without a locale writes the month first. */
const americanZone =
  /^(?:America\/(?!Toronto|Vancouver|Winnipeg|Halifax|Edmonton|Mexico|Bogota|Lima|Santiago|Jamaica)|US\/|Pacific\/Honolulu)/u;

/**
 * Whether figures such as 3/4 begin with the month: in en-US and in Chinese. Without a locale the language of the text
 * decides, and for English the zone.
 */
export function figureOrder({ locale, zone }: ReplyRequest, language: ReplyLanguage): 'month' | 'day' {
  if (locale !== undefined) return /^(?:zh|yue|en[-_]us)(?:[-_]|$)/iu.test(locale) ? 'month' : 'day';
  if (language.startsWith('zh')) return 'month';
  return language !== 'es' && americanZone.test(zone) ? 'month' : 'day';
}
