import * as z from 'zod';

/** Longest that AppConfig keeps with a version or a deployment, in characters. */
const textLengthMax = 1_024;

const RecordSchema = z.object({ by: z.string(), why: z.string() });
/** Who did something to the configuration, and why. AppConfig keeps it as the description of a version or a deployment. */
export type DeliveryRecord = z.infer<typeof RecordSchema>;

/** As ASCII, because a description travels as an HTTP header; a reason that is too long is cut. */
export function writeRecord(record: DeliveryRecord): string {
  const text = asciiJson(record);
  if (text.length <= textLengthMax) return text;
  const spare = textLengthMax - asciiJson({ ...record, why: '' }).length;
  // Six characters are what the longest letter takes in ASCII.
  return asciiJson({ ...record, why: record.why.slice(0, Math.floor(spare / 6)) });
}

/** A description that somebody wrote by other means is taken as the reason. */
export function readRecord(text: string): DeliveryRecord {
  try {
    return RecordSchema.parse(JSON.parse(text));
  } catch {
    return { by: '', why: text };
  }
}

function asciiJson(record: DeliveryRecord): string {
  return JSON.stringify(record).replaceAll(/[^ -~]/gu, (letter) =>
    letter
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
