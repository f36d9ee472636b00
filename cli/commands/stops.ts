import { historyMax, listStops } from '#shared/usecases/list-stops.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { onSwitch, type SwitchChoice } from '../stops/open-switch.ts';
import { actText, stopText } from '../stops/stop-text.ts';
import type { StopSurroundings } from './stop.ts';

export interface StopsArgs extends Pick<SwitchChoice, 'table' | 'endpoint'> {
  readonly history: boolean;
  readonly json: boolean;
}

/**
 * `dunwell stops [--history]`: prints what is stopped, by whom, since when and why; with the history also who stopped and
 * resumed what, newest first.
 *
 * @throws CommandError when no table is meant, or it does not answer.
 */
export async function stopsCommand(
  { history: withHistory, json, ...choice }: StopsArgs,
  around: Pick<StopSurroundings, 'output' | 'environment' | 'dotDir'>,
): Promise<ExitStatus> {
  return onSwitch({ ...choice, ...around }, async (place) => {
    const { inForce, history } = await listStops(place, { acts: withHistory ? historyMax : 0 });
    const told = { destination: place.description, inForce, ...(withHistory && { history }) };
    const lines = [
      inForce.length === 0
        ? `Nothing is stopped in ${place.description}.`
        : `Stopped in ${place.description} (${String(inForce.length)})`,
      ...inForce.map((stop) => `  ${stopText(stop)}`),
      ...(withHistory ? ['', `History, newest first (${String(history.length)})`] : []),
      ...history.map((one) => `  ${String(one.change)}  ${one.result} ${one.stopId}, ${actText(one)}`),
    ];
    around.output.write(json ? `${JSON.stringify(told)}\n` : lines.map((line) => `${line}\n`).join(''));
    return exitStatus.done;
  });
}
