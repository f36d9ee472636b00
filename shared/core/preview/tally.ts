import { ChannelSchema, type Channel, type LocalDate } from '#shared/contracts/primitives.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import { hourMs, toInstant } from '#shared/kernel/instant.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import { Counts } from './counts.ts';
import type { Walk } from './walk.ts';

/** How it ends for somebody who is not contacted at all. */
export type Untouched =
  /** The machine hands their account over before any contact. */
  | 'handed_over'
  /** A step fell due, and rules held it back over all the days. */
  | 'held_back'
  /** No step falls into the days; the steps may be used up. */
  | 'no_step'
  /** Nothing is owed, or nothing more is to be done. */
  | 'nothing_to_do';

export interface Reason {
  /** A rule such as `us-regf/hours`, or a fact such as `no_destination/sms`. */
  readonly reason: string;
  readonly count: number;
}

/** What a portfolio's walks add up to under one configuration. */
export interface TallyReport {
  readonly people: number;
  readonly contacts: number;
  /** By the date that the person's clock shows at the contact. */
  readonly byDay: readonly {
    readonly channel: Channel;
    readonly template: string;
    readonly date: LocalDate;
    readonly contacts: number;
  }[];
  readonly byStep: readonly {
    readonly strategy: string;
    readonly stage: string;
    readonly step: string;
    readonly channel: Channel;
    readonly contacts: number;
  }[];
  /** Accounts that are handed over, by queue and reason; an account may have several rules or facts behind it. */
  readonly handedOver: readonly {
    readonly queue: string;
    readonly reason: string;
    readonly accounts: number;
    readonly because: readonly Reason[];
  }[];
  /** People who are not contacted, by how it ends; a person may have several rules or facts behind it. */
  readonly untouched: readonly {
    readonly end: Untouched;
    readonly people: number;
    readonly because: readonly Reason[];
  }[];
  /** What contacts cost by channel, in millionths of a currency; empty where no prices are known. */
  readonly costs: readonly { readonly channel: Channel; readonly micros: number }[];
  /** For each channel the hour (UTC) with the most contacts. */
  readonly busiest: readonly {
    readonly channel: Channel;
    readonly hour: string;
    readonly contacts: number;
  }[];
}

/** Adds up walks, in memory that does not grow with the number of people. */
export class Tally {
  #people = 0;
  #contacts = 0;
  readonly #byDay = new Counts<[Channel, string, LocalDate]>();
  readonly #byStep = new Counts<[string, string, string, Channel]>();
  readonly #hours = new Counts<[Channel, string]>();
  readonly #costs = new Counts<[Channel]>();
  readonly #handedOver = new Counts<[string, string]>();
  readonly #handedOverBecause = new Counts<[string, string, string]>();
  readonly #untouched = new Counts<[Untouched]>();
  readonly #untouchedBecause = new Counts<[Untouched, string]>();

  /** `zone` is that of the person's days; `costs` are those of the contacts, in their order, where they are known. */
  add(walk: Walk, zone: string, costs: readonly number[] = []): void {
    this.#people += 1;
    this.#contacts += walk.contacts.length;
    for (const [index, { channel, template, reservedAt, about }] of walk.contacts.entries()) {
      const cost = costs[index];
      if (cost !== undefined) this.#costs.add([channel], cost);
      const at = toInstant(reservedAt);
      this.#byDay.add([channel, template, localDateAt(zone, at)]);
      this.#hours.add([channel, formatIsoInstant(toInstant(Math.floor(at / hourMs) * hourMs))]);
      const [leading] = about;
      if (leading !== undefined) {
        const { strategy, stage, step } = leading;
        this.#byStep.add([strategy, stage, step, channel]);
      }
    }
    for (const { queue, reason, because } of walk.handedOver) {
      this.#handedOver.add([queue, reason]);
      for (const one of because) this.#handedOverBecause.add([queue, reason, one]);
    }
    if (walk.contacts.length === 0) this.#addUntouched(walk);
  }

  #addUntouched(walk: Walk): void {
    const end = endOf(walk);
    this.#untouched.add([end]);
    for (const reason of reasonsOf(walk, end)) this.#untouchedBecause.add([end, reason]);
  }

  report(): TallyReport {
    return {
      people: this.#people,
      contacts: this.#contacts,
      byDay: this.#byDay.inOrder().map(({ key: [channel, template, date], count }) => ({
        channel,
        template,
        date,
        contacts: count,
      })),
      byStep: this.#byStep.inOrder().map(({ key: [strategy, stage, step, channel], count }) => ({
        strategy,
        stage,
        step,
        channel,
        contacts: count,
      })),
      handedOver: this.#handedOver.inOrder().map(({ key: [queue, reason], count }) => ({
        queue,
        reason,
        accounts: count,
        because: becauseOf(this.#handedOverBecause, [queue, reason]),
      })),
      untouched: this.#untouched.inOrder().map(({ key: [end], count }) => ({
        end,
        people: count,
        because: becauseOf(this.#untouchedBecause, [end]),
      })),
      costs: this.#costs.inOrder().map(({ key: [channel], count }) => ({ channel, micros: count })),
      busiest: ChannelSchema.options.flatMap((channel) => busiestOf(this.#hours, channel)),
    };
  }
}

/** Nothing is held back of an account whose steps are used up: it only waits for people. */
const stepsUsedUp = 'steps_used_up';

function endOf({ handedOver, heldBackBy, end }: Walk): Untouched {
  if (handedOver.length > 0) return 'handed_over';
  if (heldBackBy.some((reason) => reason !== stepsUsedUp)) return 'held_back';
  return end === 'waits' ? 'no_step' : 'nothing_to_do';
}

function reasonsOf({ handedOver, heldBackBy }: Walk, end: Untouched): ReadonlySet<string> {
  if (end !== 'handed_over') return new Set(heldBackBy);
  return new Set(handedOver.flatMap(({ reason, because }) => (because.length === 0 ? [reason] : because)));
}

/** The reasons counted under a key, most frequent first. */
function becauseOf(counts: Counts<readonly [string, ...string[]]>, under: readonly string[]): Reason[] {
  return counts
    .inOrder()
    .filter(({ key }) => under.every((part, index) => key[index] === part))
    .map(({ key, count }) => ({ reason: key.at(-1) ?? '', count }))
    .sort((a, b) => b.count - a.count);
}

function busiestOf(hours: Counts<[Channel, string]>, channel: Channel): TallyReport['busiest'] {
  const own = hours.inOrder().filter(({ key }) => key[0] === channel);
  const most = Math.max(0, ...own.map(({ count }) => count));
  const found = own.find(({ count }) => count === most);
  return found === undefined ? [] : [{ channel, hour: found.key[1], contacts: found.count }];
}
