import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { PlanChange, PlannedEvent } from '#shared/core/preview/plan-changes.ts';
import type { Walk } from '#shared/core/preview/walk.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import type { PreviewedPerson } from '#shared/usecases/preview-portfolio.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';

/** A file of what was previewed, one line an event; ids only, so that it may be passed on. */
export interface PlanFile {
  add(previewed: PreviewedPerson): Promise<void>;
  close(): Promise<void>;
}

const planHeader = 'debtorId,accountId,at,what,channel,template,strategy,stage\n';
const changesHeader =
  'debtorId,accountId,change,oldAt,oldWhat,oldChannel,oldTemplate,newAt,newWhat,newChannel,newTemplate\n';

/**
 * Opens a CSV file for the whole plan, or for all changes when two configurations are compared.
 *
 * @throws CommandError when it cannot be written.
 */
export async function openPlanFile(path: string, holds: 'plan' | 'changes'): Promise<PlanFile> {
  const stream = createWriteStream(path);
  await once(stream, 'open').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    const sentence = `${path} cannot be written (${why}): name a file in an existing folder`;
    throw new CommandError(exitStatus.refused, 'no_file', [sentence], { cause });
  });
  stream.write(holds === 'plan' ? planHeader : changesHeader);
  const linesOf = holds === 'plan' ? planLines : changeLines;
  return {
    add: async (previewed) => {
      const text = linesOf(previewed).join('');
      if (text !== '' && !stream.write(text)) await once(stream, 'drain');
    },
    close: async () => {
      stream.end();
      await finished(stream);
    },
  };
}

/** A contact that speaks of several accounts has a line for each. */
function planLines({ walk }: PreviewedPerson): string[] {
  const contacts = walk.contacts.flatMap(({ about, reservedAt, channel, template }) =>
    about.map(({ accountId, step, strategy, stage }) => ({
      at: reservedAt,
      line: [accountId, formatIsoInstant(toInstant(reservedAt)), step, channel, template, strategy, stage],
    })),
  );
  const cases = walk.handedOver.map(({ accountId, at, reason, queue }) => ({
    at: Number(at),
    line: [accountId, formatIsoInstant(at), `${reason}/${queue}`, '', '', '', ''],
  }));
  return [...contacts, ...cases].sort((a, b) => a.at - b.at).map(({ line }) => lineOf(walk, line));
}

function changeLines({ walk, changes }: PreviewedPerson): string[] {
  return changes.map((change) =>
    lineOf(walk, [change.accountId, kindsOf(change), ...cellsOf(change.before), ...cellsOf(change.after)]),
  );
}

function kindsOf({ kinds }: PlanChange): string {
  return kinds.join(';');
}

function cellsOf(event: PlannedEvent | null): readonly string[] {
  if (event === null) return ['', '', '', ''];
  return [formatIsoInstant(event.at), event.what, event.channel ?? '', event.template ?? ''];
}

/** Ids and names of steps hold neither commas nor quotes. */
function lineOf({ debtorId }: Walk, cells: readonly string[]): string {
  return `${[debtorId, ...cells].join(',')}\n`;
}
