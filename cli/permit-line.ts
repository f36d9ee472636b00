import { PermitRequestSchema, type PermitRequest } from '#shared/contracts/permission.ts';
import { isPlainRequest } from './permit-shape.ts';
import { readRequestLine, type RequestLine } from './request-line.ts';

/** Reads one line of NDJSON as a request for a permission. A field that is null counts as absent. */
export function readPermitLine(line: string): RequestLine<PermitRequest> {
  return readRequestLine(line, PermitRequestSchema, isPlainRequest);
}
