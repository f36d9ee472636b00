import type { DroppedFiles, FilePlace } from '#functions/_adapters/s3/dropped-files.ts';
import type { FileError } from '#shared/contracts/portfolio-row.ts';
import type { RejectedLine } from '#shared/core/portfolio/rejected-line.ts';

/** Folder that files are taken from, and the one beside it for what was refused: another one, so that it is not taken in. */
const takenFrom = /^portfolio\//;
const rejectedFolder = 'rejected/';
/** Refused rows that are kept in memory before they are written as one object. */
const rowsPerPart = 10_000;

const header = 'line,accountId,reasons,text\n';

/** Where refused rows of one dropped file go: `rejected/<name>.rejected.csv`, and `.2.csv` and so on when there are many. */
export interface RejectedFile {
  add(rejected: RejectedLine): Promise<void>;
  /** For a file that is refused as a whole. */
  addFile(errors: readonly FileError[]): Promise<void>;
  close(): Promise<void>;
}

export function createRejectedFile({ bucket, key }: FilePlace, files: DroppedFiles): RejectedFile {
  const base = `${rejectedFolder}${key.replace(takenFrom, '')}.rejected`;
  let rows: string[] = [];
  let parts = 0;
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    parts += 1;
    const name = parts === 1 ? `${base}.csv` : `${base}.${String(parts)}.csv`;
    await files.write({ bucket, key: name }, header + rows.join(''));
    rows = [];
  };
  return {
    add: async ({ line, accountId, errors, text }) => {
      rows.push(csvLine([String(line), accountId, reasonsOf(errors), text]));
      if (rows.length === rowsPerPart) await flush();
    },
    addFile: async (errors) => {
      rows.push(csvLine(['1', '', reasonsOf(errors), '']));
      await flush();
    },
    close: flush,
  };
}

function reasonsOf(errors: readonly { readonly message: string }[]): string {
  return errors.map(({ message }) => message).join('; ');
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}
