import { Presets, SingleBar } from 'cli-progress';

/** Shows how much of a file has been read. */
export interface Progress {
  update(bytesRead: number, rows: number): void;
  stop(): void;
}

const silent: Progress = { update: () => undefined, stop: () => undefined };

/** A bar on a terminal; nothing where nobody looks (a pipe, a log, `--json`). */
export function startProgress(
  output: NodeJS.WriteStream,
  bytesTotal: number,
  { json }: { json: boolean },
): Progress {
  if (!output.isTTY || json) return silent;
  const format = '{bar} {percentage}% · {rows} rows · {eta_formatted} left';
  const bar = new SingleBar(
    { format, stream: output, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(bytesTotal, 0, { rows: 0 });
  return {
    update: (bytesRead, rows) => {
      bar.update(bytesRead, { rows });
    },
    stop: () => {
      bar.stop();
    },
  };
}
