import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {SipCall} from '../../../core/call/call.js';
import {isLine, isUrgent} from '../../../core/call-kinds.js';
import {isWaiting} from '../../../core/call/newest-call.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {Party} from '../../../core/types.js';
import {StateTarget, until, type StateSource} from '../../../core/util/state-target.js';
import {toSipError, type SipErrorCode} from '../../../errors.js';
import {phoneIcon, phoneOffIcon} from '../icons.js';
import {missedText, type ReportLine, type ReportView, type SelectionTask} from './report.js';

/** Why somebody was not reached: the code of the ending, or `not-called` if the round ended before their turn. */
type MissedCode = SipErrorCode | 'normal' | 'not-called';

/** How far somebody's turn is; `missed` with the reason. */
export interface Turn extends Party {
  readonly phase: 'waiting' | 'calling' | 'ringing' | 'answered' | 'over' | 'missed';
  readonly code?: MissedCode | undefined;
  /** When they answered, or were given up, in milliseconds since the epoch. */
  readonly time?: number | undefined;
}

export interface CallRoundState {
  readonly turns: readonly Turn[];
  /** The call of the present turn. */
  readonly call?: SipCall | undefined;
  /** Whether the round waits until another call of the user is over. */
  readonly paused: boolean;
  readonly running: boolean;
}

/** The failures after which no other number can be called either. */
const FATAL: ReadonlySet<SipErrorCode> = new Set([
  'not-connected',
  'not-registered',
  'too-many-calls',
  'unsupported',
  'aborted',
]);

/**
 * Calls people one after the other: the next one when the call before is over. It waits as long as the user is in another
 * call, or an urgent one rings.
 */
export class CallRound extends StateTarget<CallRoundState> implements SelectionTask {
  readonly #client: BaseClient;
  readonly #ringingMs: (() => number) | undefined;
  /** Aborted by the end of a run. */
  #ending = new AbortController();

  /** @param ringingMs - Returns how long a call rings until it counts as not answered; as long as the server lets it by default. */
  constructor(client: BaseClient, people: readonly Party[], ringingMs?: () => number) {
    super({
      turns: people.map(({number, name}) => ({number, name, phase: 'waiting'})),
      paused: false,
      running: false,
    });
    this.#client = client;
    this.#ringingMs = ringingMs;
  }

  get sources(): readonly (StateSource<object> | undefined)[] {
    return [this];
  }

  /** Calls those whose turn has not come; resolves when there is nobody left, or the round was ended. Does nothing if it runs. */
  async run(): Promise<void> {
    if (this.state.running) return;
    const ending = (this.#ending = new AbortController());
    this.#client.ending.addEventListener('abort', () => this.end(), {signal: ending.signal});
    this.update({running: true});
    try {
      for (let turn = this.#next; turn && !ending.signal.aborted; turn = this.#next) {
        await this.#untilFree();
        if (ending.signal.aborted) break;
        if (!(await this.#call(turn.number))) break;
      }
    } finally {
      ending.abort();
      const turns = this.state.turns.map((turn) =>
        turn.phase === 'waiting' ? ({...turn, phase: 'missed', code: 'not-called'} as const) : turn,
      );
      this.update({turns, running: false, call: undefined, paused: false});
    }
  }

  /** Calls those again who were not reached, or only one of them. */
  async runAgain(number?: string): Promise<void> {
    const turns = this.state.turns.map((turn) =>
      turn.phase === 'missed' && (number === undefined || turn.number === number)
        ? ({number: turn.number, name: turn.name, phase: 'waiting'} as const)
        : turn,
    );
    this.update({turns});
    await this.run();
  }

  /** Ends the present call, and goes on with the next one. */
  next(): void {
    void this.state.call?.giveUp('aborted').catch(() => {});
  }

  end(): void {
    this.#ending.abort();
    this.next();
  }

  view(localize: LocalizeController): ReportView {
    const {turns, running, paused, call} = this.state;
    const reached = turns.filter(isReached).length;
    const begun = turns.filter(({phase}) => phase !== 'waiting').length;
    const total = String(turns.length);
    const title = paused
      ? localize.term('roundPaused')
      : running
        ? localize.term('callingInTurn', String(begun), total)
        : localize.term('roundReached', String(reached), total);
    const next = {
      name: localize.term('nextCall'),
      icon: phoneIcon,
      onPress: () => this.next(),
    };
    const stop = {
      name: localize.term('stopRound'),
      icon: phoneOffIcon,
      onPress: () => this.end(),
    };
    const hasNext = turns.some(({phase}) => phase === 'waiting');
    return {
      title,
      again: 'callPersonAgain',
      lines: turns.map((turn) => this.#lineOf(turn, localize)),
      buttons: running ? (hasNext && call ? [next, stop] : [stop]) : [],
    };
  }

  #lineOf(turn: Turn, localize: LocalizeController): ReportLine {
    const {number, phase} = turn;
    const text = phase === 'answered' ? 'connected' : phase === 'over' ? 'reportReached' : undefined;
    return {
      ...lineOf(turn, localize, text && localize.term(text)),
      again: phase === 'missed' ? () => void this.runAgain(number) : undefined,
    };
  }

  get #next(): Turn | undefined {
    return this.state.turns.find(({phase}) => phase === 'waiting');
  }

  /** Calls a number, and resolves when the call is over: whether the next one can be called. */
  async #call(number: string): Promise<boolean> {
    this.#set(number, {phase: 'calling'});
    try {
      const call = await this.#client.call(number, {signal: this.#ending.signal});
      this.update({call});
      await this.#over(call, number);
      return true;
    } catch (thrown) {
      const {code} = toSipError(thrown, number);
      this.#set(number, {phase: 'missed', code, time: Date.now()});
      return !FATAL.has(code);
    } finally {
      this.update({call: undefined});
    }
  }

  async #over(call: SipCall, number: string): Promise<void> {
    const giveUp = (): void => void call.giveUp('no-answer').catch(() => {});
    const ringing = this.#ringingMs && setTimeout(giveUp, this.#ringingMs());
    const follow = (): void => {
      const {phase} = call.state;
      if (phase === 'ringing') this.#set(number, {phase});
      if (phase !== 'answered') return;
      clearTimeout(ringing);
      this.#set(number, {phase, time: call.state.answeredAt});
    };
    call.addEventListener('statechange', follow);
    follow();
    await until(call, () => call.state.phase === 'released');
    clearTimeout(ringing);
    const {answeredAt, cause} = call.state;
    if (answeredAt) return this.#set(number, {phase: 'over', time: answeredAt});
    // The user may have hung up elsewhere, such as by the button of the call.
    const skipped = cause?.by === 'local' && cause.code === 'normal';
    this.#set(number, {phase: 'missed', code: skipped ? 'aborted' : cause?.code, time: Date.now()});
  }

  /** Resolves when the user is in no other call, and none that is urgent rings. */
  #untilFree(): Promise<void> {
    return new Promise((resolve) => {
      const watching = new AbortController();
      const {signal} = this.#ending;
      const done = (): void => {
        watching.abort();
        resolve();
      };
      const look = (): void => {
        const busy = this.#client.state.calls.filter(keepsUserBusy);
        this.update({paused: busy.length > 0});
        if (!busy.length) return done();
        for (const call of busy) call.addEventListener('statechange', look, {signal: watching.signal});
      };
      this.#client.addEventListener('statechange', look, {signal: watching.signal});
      signal.addEventListener('abort', done, {signal: watching.signal});
      look();
    });
  }

  #set(number: string, patch: Partial<Turn>): void {
    this.update({
      turns: this.state.turns.map((turn) => (turn.number === number ? {...turn, ...patch} : turn)),
    });
  }
}

/** Whether somebody has answered. */
export function isReached({phase}: Turn): boolean {
  return phase === 'answered' || phase === 'over';
}

/** Returns the line of a turn. @param reached - What is said of those who have answered. */
export function lineOf(
  turn: Turn,
  localize: LocalizeController,
  reached = localize.term('connected'),
): ReportLine {
  const {number, name, phase, code} = turn;
  if (isReached(turn)) return {number, name, text: reached, tone: 'reached'};
  if (phase === 'missed')
    return {
      number,
      name,
      text: missedText(code && code !== 'normal' ? {code} : undefined, localize),
      tone: 'missed',
    };
  const term = phase === 'waiting' ? 'reportWaiting' : phase;
  return {number, name, text: localize.term(term as 'calling'), tone: 'waiting'};
}

/** Whether a call needs the user: one on the line that is not held, or an urgent one that rings. */
function keepsUserBusy(call: SipCall): boolean {
  if (isWaiting(call)) return isUrgent(call.type);
  return isLine(call.type) && call.state.phase !== 'released' && !call.state.held;
}
