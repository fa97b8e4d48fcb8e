import {SipError} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import {isIntercomType, isOfTwo} from '../call-kinds.js';
import type {KeptPatch} from '../call/call-init.js';
import type {Lines} from '../call/lines.js';
import type {PatchPart} from '../types.js';
import {canMerge, canPatch, sendsAudio} from './can-merge.js';
import {SipPatch, type PatchHost, type PatchOptions} from './patch.js';

const PARTS: readonly PatchPart[] = ['joined', 'listening', 'out'];

/** What `Patches` needs from its client. */
export interface PatchesOptions {
  readonly lines: Lines;
  readonly getCalls: () => readonly SipCall[];
  /** Called when a patch begins or ends. */
  readonly onChange: (patches: readonly SipPatch[]) => void;
}

/** The patches of a client. */
export class Patches implements PatchHost {
  readonly lines: Lines;
  readonly #client: PatchesOptions;
  #patches: readonly SipPatch[] = [];
  /** Those whose calls are being resumed and mixed. */
  readonly #beginning = new Set<SipPatch>();

  constructor(client: PatchesOptions) {
    this.#client = client;
    this.lines = client.lines;
  }

  /** See `BaseClient.patch`. */
  async patch(calls: readonly SipCall[], options: PatchOptions | KeptPatch = {}): Promise<SipPatch> {
    checkOptions(options);
    const members = [...new Set(calls)];
    if (members.length < 2) throw new SipError('bad-parameter', {subject: 'patch'});
    const patch = new SipPatch(this, options);
    this.check(members, patch);
    return this.#begin(patch, members);
  }

  /** See `BaseClient.merge`. */
  async merge(calls: readonly SipCall[]): Promise<void> {
    const members = [...new Set(calls)];
    const own = this.#client.getCalls();
    if (members.length < 2 || !members.every((call) => own.includes(call) && isOfTwo(call.type)))
      throw new SipError('bad-parameter', {subject: 'merge'});
    if (!members.every(sendsAudio)) throw new SipError('invalid-state', {subject: 'merge'});
    const elsewhere = members.find((call) => !canMerge(call));
    if (elsewhere) throw new SipError('patch-loop', {subject: elsewhere.remote.number});
    for (const call of members) this.#patchOf(call)?.dissolve();
    await this.#begin(new SipPatch(this, {}, true), members);
  }

  /** Ends the conference of a call. @throws {SipError} `invalid-state` if the call is not merged */
  split(call: SipCall): void {
    const patch = this.#patchOf(call);
    if (!patch?.merges) throw new SipError('invalid-state', {subject: 'split'});
    patch.dissolve();
  }

  /** @throws {SipError} `bad-parameter`, `invalid-state`, `patch-loop` */
  check(calls: readonly SipCall[], patch: SipPatch): void {
    const own = this.#client.getCalls();
    if (!calls.every((call) => own.includes(call) && canPatch(call.type)))
      throw new SipError('bad-parameter', {subject: 'patch'});
    if (!calls.every(sendsAudio)) throw new SipError('invalid-state', {subject: 'patch'});
    const all = [...patch.calls, ...calls];
    const loop = calls.find(
      (call) => call.patch !== undefined || all.some((other) => other !== call && isSameGroup(other, call)),
    );
    if (loop) throw new SipError('patch-loop', {subject: loop.remote.name || loop.remote.number});
  }

  onEnd(patch: SipPatch): void {
    if (this.#patches.includes(patch)) this.#set(this.#patches.filter((other) => other !== patch));
  }

  async #begin(patch: SipPatch, calls: readonly SipCall[]): Promise<SipPatch> {
    const {current} = this.lines;
    // The current call is resumed last, so that it stays the current one.
    const members = [...calls].sort((one, other) => Number(one === current) - Number(other === current));
    this.#beginning.add(patch);
    try {
      await patch.connect(members);
    } catch (error) {
      patch.dissolve();
      // At most one of them speaks, as before.
      const rest = members.findLast(({state}) => state.phase === 'answered' && !state.held);
      await rest?.unhold().catch(() => {});
      throw error;
    } finally {
      this.#beginning.delete(patch);
    }
    if (!patch.state.ended) this.#set([...this.#patches, patch]);
    return patch;
  }

  #patchOf(call: SipCall): SipPatch | undefined {
    return [...this.#patches, ...this.#beginning].find(({calls}) => calls.includes(call));
  }

  #set(patches: readonly SipPatch[]): void {
    this.#patches = Object.freeze(patches);
    this.#client.onChange(this.#patches);
  }
}

/** Whether two calls lead into the same conference or intercom. */
function isSameGroup(one: SipCall, other: SipCall): boolean {
  if (isOfTwo(one.type) && isOfTwo(other.type)) return false;
  const {number} = one.remoteParty;
  return (
    isIntercomType(one.type) === isIntercomType(other.type) &&
    number !== '' &&
    number === other.remoteParty.number
  );
}

function checkOptions({part, threshold, hangTime}: PatchOptions): void {
  if (part !== undefined && !PARTS.includes(part))
    throw new SipError('bad-parameter', {subject: `part “${String(part)}”`, expected: PARTS.join(', ')});
  if (threshold !== undefined && !(threshold > 0 && threshold <= 1))
    throw new SipError('bad-parameter', {subject: `threshold “${String(threshold)}”`, expected: '0–1'});
  if (hangTime !== undefined && !(hangTime >= 0))
    throw new SipError('bad-parameter', {subject: `hangTime “${String(hangTime)}”`, expected: '800'});
}
