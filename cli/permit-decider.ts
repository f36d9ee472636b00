import type { PermitDecision, PermitError, PermitRequest } from '#shared/contracts/permission.ts';
import type { RulePack } from '#shared/contracts/rule-pack.ts';
import { compilePacks, type CompiledPacks } from '#shared/core/permission/compile-packs.ts';
import { permit } from '#shared/core/permission/permit.ts';
import { holidayTable, type YearRange } from './holiday-table.ts';

export type Decide = (request: PermitRequest) => PermitDecision | PermitError;

/** Decides with holidays of whatever years the requests ask for: the table grows when a year is new. */
export function decider(packs: readonly RulePack[]): Decide {
  let years: YearRange = { from: Infinity, to: -Infinity };
  let compiled: CompiledPacks | undefined;
  return (request) => {
    const year = Number(request.at.slice(0, 4));
    // A search may begin on the last day of a year, look at the day before and reach sixty days into the next year.
    if (compiled === undefined || year <= years.from || year >= years.to) {
      years = { from: Math.min(years.from, year - 1), to: Math.max(years.to, year + 1) };
      compiled = compilePacks(packs, holidayTable(packs, years));
    }
    return permit(request, compiled);
  };
}
