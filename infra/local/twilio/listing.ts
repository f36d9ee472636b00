import { single } from './message-draft.ts';
import type { RequestParameters } from './openapi-check.ts';

const pageSizeDefault = 50;
const dayMs = 86_400_000;

/** The dates by which Twilio filters a list: `sent_date` of messages, start of calls. */
type DateField = 'DateSent' | 'StartTime' | 'EndTime';

/** The records that a list request asks for, newest first. */
export function filterRecords<R extends { to: string; from: string }>(
  records: readonly R[],
  parameters: RequestParameters,
  dates: Readonly<Partial<Record<DateField, (record: R) => number | undefined>>>,
): readonly R[] {
  const to = single(parameters, 'To');
  const from = single(parameters, 'From');
  return records
    .filter((record) => to === undefined || record.to === to)
    .filter((record) => from === undefined || record.from === from)
    .filter((record) =>
      Object.entries(dates).every(([field, at]) => isInDates(at(record), field, parameters)),
    )
    .toReversed();
}

/** A plain field is the whole day in GMT; `<` and `>` bound it, and both include what they name. */
function isInDates(at: number | undefined, field: string, parameters: RequestParameters): boolean {
  const on = single(parameters, field);
  const before = single(parameters, `${field}<`) ?? on;
  const after = single(parameters, `${field}>`) ?? on;
  if (before === undefined && after === undefined) return true;
  return at !== undefined && isBefore(at, before) && at >= Date.parse(after ?? '1970-01-01');
}

function isBefore(at: number, end: string | undefined): boolean {
  return end === undefined || at < endOf(end);
}

/** The first moment after a date, or after the second that a full instant names. */
function endOf(text: string): number {
  return Date.parse(text) + (text.length === 'YYYY-MM-DD'.length ? dayMs : 1_000);
}

/** One page of a list in Twilio's envelope. */
export function listPage(
  name: 'messages' | 'calls',
  uri: string,
  resources: readonly unknown[],
  parameters: RequestParameters,
): Record<string, unknown> {
  const pageSize = Number(single(parameters, 'PageSize') ?? pageSizeDefault);
  const page = Number(single(parameters, 'Page') ?? 0);
  const start = page * pageSize;
  const uriOf = (wanted: number): string => {
    const query = new URLSearchParams({
      ...withoutPaging(parameters),
      PageSize: String(pageSize),
      Page: String(wanted),
    });
    return `${uri}?${query.toString()}`;
  };
  const hasNext = start + pageSize < resources.length;
  return {
    [name]: resources.slice(start, start + pageSize),
    end: Math.min(start + pageSize, resources.length) - 1,
    first_page_uri: uriOf(0),
    next_page_uri: hasNext ? uriOf(page + 1) : null,
    page,
    page_size: pageSize,
    previous_page_uri: page === 0 ? null : uriOf(page - 1),
    start,
    uri: uriOf(page),
  };
}

function withoutPaging(parameters: RequestParameters): Record<string, string> {
  const names = Object.keys(parameters).filter((name) => name !== 'Page' && name !== 'PageSize');
  return Object.fromEntries(names.map((name) => [name, single(parameters, name) ?? '']));
}
