import type { Limits } from '#shared/contracts/limits.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { ChangesReport } from '#shared/core/preview/change-tally.ts';
import type { TallyReport } from '#shared/core/preview/tally.ts';
import type { PeopleCount } from '#shared/usecases/portfolio-people.ts';
import type { Assumption } from '#shared/usecases/preview-portfolio.ts';

/** What would happen under one configuration. */
export interface PreviewSide extends TallyReport {
  readonly name: string;
  readonly version: string;
  readonly pace: Limits['pace'];
  /** Currency of the costs; null where the configuration names no prices. */
  readonly currency: string | null;
}

/** What `dunwell config preview` tells: the answer of `--json`. */
export interface Preview {
  readonly portfolio: { readonly file: string } & Readonly<PeopleCount>;
  readonly from: LocalDate;
  readonly days: number;
  readonly assume: Assumption;
  readonly config: PreviewSide;
  /** The configuration to compare with, and what differs from it. */
  readonly against: PreviewSide | null;
  readonly changes: ChangesReport | null;
  readonly csv: string | null;
}
