import type { Page } from './page.ts';
import { extension, promise, withdraw } from './pages/agree.ts';
import { done } from './pages/done.ts';
import { overview } from './pages/overview.ts';
import { paid, pay } from './pages/pay.ts';
import { plan } from './pages/plan.ts';
import { callMe, dispute, dueDate, fee, fraud, hardship } from './pages/requests.ts';
import { channels, language, survey, times } from './pages/wishes.ts';

/** Every page behind the identity question, by the last part of its address. */
export const pages: ReadonlyMap<string, Page> = new Map([
  ['overview', overview],
  ['pay', pay],
  ['paid', paid],
  ['promise', promise],
  ['plan', plan],
  ['withdraw', withdraw],
  ['extension', extension],
  ['due-date', dueDate],
  ['fee', fee],
  ['hardship', hardship],
  ['dispute', dispute],
  ['fraud', fraud],
  ['call', callMe],
  ['times', times],
  ['channels', channels],
  ['language', language],
  ['survey', survey],
  ['done', done],
]);
