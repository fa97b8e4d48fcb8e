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

/** How far somebody's turn is; `missed` with the reason. */
interface Turn extends Party {
  readonly phase: 'waiting' | 'calling' | 'ringing' | 'answered' | 'over' | 'missed';
  readonly code?: SipErrorCode | 'normal' | undefined;
}

interface CallRoundState {
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
  readonly #ending = new AbortController();

  constructor(client: BaseClient, people: readonly Party[]) {
    super({
      turns: people.map(({number, name}) => ({number, name, phase: 'waiting'})),
      paused: false,
      running: false,
    });
    this.#client = client;
    client.ending.addEventListener('abort', () => this.end(), {signal: this.#ending.signal});
  }

  get sources(): readonly (StateSource<object> | undefined)[] {
    return [this];
  }

  /** Calls those whose turn has not come; resolves when there is nobody left. Does nothing if it runs. */
  async run(): Promise<void> {
    if (this.state.running) return;
    this.update({running: true});
    try {
      for (let turn = this.#next; turn && !this.#ending.signal.aborted; turn = this.#next) {
        await this.#untilFree();
        if (this.#ending.signal.aborted) break;
        if (!(await this.#call(turn.number))) break;
      }
    } finally {
      this.update({running: false, call: undefined, paused: false});
    }
  }

  end(): void {
    this.#ending.abort();
    void this.state.call?.hangup().catch(() => {});
  }

  view(localize: LocalizeController): ReportView {
    const {turns, running, paused, call} = this.state;
    const reached = turns.filter(({phase}) => phase === 'answered' || phase === 'over').length;
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
      onPress: () => void call?.hangup().catch(() => {}),
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

  #lineOf({number, name, phase, code}: Turn, localize: LocalizeController): ReportLine {
    const texts = {
      waiting: () => localize.term('reportWaiting'),
      calling: () => localize.term('calling'),
      ringing: () => localize.term('ringing'),
      answered: () => localize.term('connected'),
      over: () => localize.term('reportReached'),
      missed: () => missedText(code && code !== 'normal' ? {code} : undefined, localize),
    };
    const again = (): void => {
      this.#set(number, {phase: 'waiting', code: undefined});
      void this.run();
    };
    const ended = this.#ending.signal.aborted;
    return {
      number,
      name,
      text: texts[phase](),
      tone: phase === 'answered' || phase === 'over' ? 'reached' : phase === 'missed' ? 'missed' : 'waiting',
      again: phase === 'missed' && !ended ? again : undefined,
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
      this.#set(number, {phase: 'missed', code});
      return !FATAL.has(code);
    } finally {
      this.update({call: undefined});
    }
  }

  async #over(call: SipCall, number: string): Promise<void> {
    const follow = (): void => {
      const {phase} = call.state;
      if (phase === 'ringing' || phase === 'answered') this.#set(number, {phase});
    };
    call.addEventListener('statechange', follow);
    follow();
    await until(call, () => call.state.phase === 'released');
    const {answeredAt, cause} = call.state;
    this.#set(number, answeredAt ? {phase: 'over'} : {phase: 'missed', code: cause?.code});
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

/** Whether a call needs the user: one on the line that is not held, or an urgent one that rings. */
function keepsUserBusy(call: SipCall): boolean {
  if (isWaiting(call)) return isUrgent(call.type);
  return isLine(call.type) && call.state.phase !== 'released' && !call.state.held;
}
