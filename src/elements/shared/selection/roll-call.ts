import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {JournalPerson} from '../../../core/journal/journal-row.js';
import type {Journal} from '../../../core/journal/journal.js';
import type {RollCallEntry} from '../../../core/journal/running-roll-calls.js';
import type {Party} from '../../../core/types.js';
import {StateTarget, type StateSource} from '../../../core/util/state-target.js';
import {readStored, storageKey, writeStored} from '../../../core/util/stored.js';
import {clockTime} from '../history-time.js';
import {phoneIcon, phoneOffIcon} from '../icons.js';
import {rotateCwIcon} from '../icons/later.js';
import {CallRound, isReached, lineOf, type Turn} from './call-round.js';
import type {ReportButton, ReportLine, ReportView, SelectionTask} from './report.js';

/** How many people one roll call may have: its row in the journal has all of them. */
export const MOST_PEOPLE = 500;

/** How long a call may ring, in seconds. */
const SECONDS = [10, 15, 20, 30, 45] as const;
const DEFAULT_SECONDS = 20;

/** The version of the stored choice; any other is dropped. */
const VERSION = 1;

interface RollCallState {
  /** How long the next calls ring until somebody counts as absent. */
  readonly seconds: number;
}

/**
 * Calls people one after the other and notes who answers: they are present. The result is a row of the journal,
 * and so is each time that those who are absent are called again.
 */
export class RollCall extends StateTarget<RollCallState> implements SelectionTask {
  readonly #client: BaseClient;
  readonly #group: Party | undefined;
  readonly #round: CallRound;
  /** Where the account stores how long calls ring. */
  readonly #key: string;
  /** The id of the first row in the journal. */
  #row: string | undefined;

  /** @param group - The group whose members these are, if they are those of one. */
  constructor(client: BaseClient, people: readonly Party[], group?: Party) {
    const key = storageKey('roll-call', client.options);
    super({seconds: secondsOf(readStored(key, VERSION)?.['seconds'])});
    this.#client = client;
    this.#group = group;
    this.#key = key;
    this.#round = new CallRound(client, people, () => this.state.seconds * 1_000);
  }

  get sources(): readonly (StateSource<object> | undefined)[] {
    return [this, this.#round];
  }

  get running(): boolean {
    return this.#round.state.running;
  }

  /** Calls everybody; resolves when the result is given to the journal. */
  async run(): Promise<void> {
    await this.#noted(this.#round.run());
  }

  end(): void {
    this.#round.end();
  }

  view(localize: LocalizeController): ReportView {
    const {turns, running} = this.#round.state;
    return {
      title: this.#titleOf(localize),
      again: 'callPersonAgain',
      lines: turns.map((turn) => this.#lineOf(turn, localize)),
      buttons: running ? this.#runningButtons(localize) : this.#endedButtons(localize),
      choice: {
        name: localize.term('rollRinging'),
        value: String(this.state.seconds),
        options: SECONDS.map((seconds) => ({
          value: String(seconds),
          text: localize.term('rollSeconds', String(seconds)),
        })),
        onChange: (value) => this.#setSeconds(Number(value)),
      },
      stays: running,
    };
  }

  #titleOf(localize: LocalizeController): string {
    const {turns, running, paused} = this.#round.state;
    const present = String(turns.filter(isReached).length);
    const all = String(turns.length);
    if (paused) return localize.term('roundPaused');
    const called = turns.filter(({phase}) => phase !== 'waiting').length;
    return running
      ? `${localize.term('rollCalling', String(called), all)} · ${localize.term('rollPresentCount', present)}`
      : localize.term('rollCalled', present, all);
  }

  #runningButtons(localize: LocalizeController): readonly ReportButton[] {
    return [
      {
        name: localize.term('nextCall'),
        icon: phoneIcon,
        disabled: !this.#round.state.call,
        onPress: () => this.#round.next(),
      },
      {name: localize.term('stopRound'), icon: phoneOffIcon, onPress: () => this.end()},
    ];
  }

  #endedButtons(localize: LocalizeController): readonly ReportButton[] {
    if (this.#round.state.turns.every(isReached)) return [];
    return [{name: localize.term('rollAgain'), icon: rotateCwIcon, onPress: () => void this.#callAgain()}];
  }

  #lineOf(turn: Turn, localize: LocalizeController): ReportLine {
    const {number, phase, time} = turn;
    const present = localize.term('rollPresent', clockTime(time ?? Date.now(), localize.lang()));
    return {
      ...lineOf(turn, localize, present),
      again: phase === 'missed' ? () => void this.#callAgain(number) : undefined,
    };
  }

  /** Calls those again who are absent, or only one of them. */
  async #callAgain(number?: string): Promise<void> {
    const {running} = this;
    const called = this.#round.runAgain(number);
    // What runs already notes the result.
    await (running ? called : this.#noted(called));
  }

  /** Gives the journal what becomes of everybody: each change, in case the page is gone before the end, and the result. */
  async #noted(called: Promise<void>): Promise<void> {
    const note = (await this.#openJournal())?.beginRollCall();
    const keep = (): void => note?.keep(this.#entry());
    this.#round.addEventListener('statechange', keep);
    if (this.running) keep();
    await called;
    this.#round.removeEventListener('statechange', keep);
    const row = note?.end(this.#entry());
    this.#row ??= row;
  }

  async #openJournal(): Promise<Journal | undefined> {
    if ((this.#client.journalStorage ?? 'none') === 'none') return undefined;
    return this.#client.openJournal().catch(() => undefined);
  }

  /** What the journal has of everybody, as it is now. */
  #entry(): RollCallEntry {
    const {turns} = this.#round.state;
    return {
      ...this.#group,
      people: turns.map((turn) => this.#personOf(turn)),
      ...(turns.some(({code}) => code === 'not-called') && {cause: 'aborted'}),
      ...(this.#row && {of: this.#row}),
    };
  }

  #personOf(turn: Turn): JournalPerson {
    const {number, time} = turn;
    const {name} = this.#client.identify({number, name: turn.name});
    return {number, name, result: resultOf(turn), ...(time !== undefined && {time})};
  }

  #setSeconds(seconds: number): void {
    this.update({seconds: secondsOf(seconds)});
    writeStored(this.#key, VERSION, {seconds: this.state.seconds});
  }
}

/** Returns what became of somebody, or would have if the page were gone now. */
function resultOf({phase, code}: Turn): JournalPerson['result'] {
  if (phase === 'answered' || phase === 'over') return 'answered';
  if (phase === 'waiting') return 'not-called';
  if (phase !== 'missed') return 'call-lost';
  return code === undefined || code === 'normal' ? 'no-answer' : code;
}

/** Returns one of the times that can be chosen. */
function secondsOf(value: unknown): number {
  return SECONDS.find((each) => each === value) ?? DEFAULT_SECONDS;
}
