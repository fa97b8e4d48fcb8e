import {createContext} from '@lit/context';
import type {CommandController} from '../../controllers/command-controller.js';
import type {SipConference} from '../../core/conference/conference.js';
import type {ConferenceMember} from '../../core/conference/conference-member.js';
import type {Capabilities, Party} from '../../core/types.js';
import {StateTarget} from '../../core/util/state-target.js';
import {toSipError} from '../../errors.js';

/** The actions for a member. */
export type MemberAction = 'speaking' | 'hearing' | 'spotlighted' | 'remove' | 'again';

/** A removed member, who can be invited again. */
interface RemovedMember {
  readonly conference: SipConference;
  readonly member: ConferenceMember;
}

/** What the server has not replied to, and what can be undone. */
interface MemberCommandsState {
  readonly pending: ReadonlySet<string>;
  readonly removed?: RemovedMember;
}

/** The member commands of the conference around an inner element. */
export const memberCommandsContext = createContext<MemberCommands>(Symbol('member commands'));

/** Sends member commands to the server, each at most once until the server has replied. */
export class MemberCommands extends StateTarget<MemberCommandsState> {
  readonly #commands: CommandController;
  /** Conferences in which the server has refused a change by this user. */
  readonly #refused = new WeakSet<SipConference>();

  /** @param commands - Shows the failures. */
  constructor(commands: CommandController) {
    super({pending: new Set()});
    this.#commands = commands;
  }

  /** Whether the server has not replied yet. */
  isPending(key: string): boolean {
    return this.state.pending.has(key);
  }

  /** Whether this user may change the conference, as far as known. */
  mayChange(conference: SipConference): boolean {
    const {phase, listenOnly} = conference.state;
    return phase === 'answered' && !listenOnly && !this.#refused.has(conference);
  }

  /** Returns the actions that a member's row offers. */
  actionsOf(
    member: ConferenceMember,
    conference: SipConference,
    {members: all, push}: Capabilities,
    own: string,
  ): readonly MemberAction[] {
    if (!this.mayChange(conference)) return [];
    const {members = all, switches = all} = conference.state.abilities ?? {};
    const isOwn = member.number === own;
    const put = members && !isOwn ? (['remove'] as const) : [];
    if (member.phase === 'released') return members && !isOwn ? ['again', ...put] : put;
    if (member.phase !== 'answered') return put;
    const broadcast = conference.type === 'broadcast';
    // In a broadcast, only its creator is heard.
    const speaking = switches && (!broadcast || isOwn) ? (['speaking'] as const) : [];
    const hearing = switches ? (['hearing'] as const) : [];
    const spotlighted =
      push && !broadcast && (conference.media === 'video' || member.spotlighted)
        ? (['spotlighted'] as const)
        : [];
    return [...speaking, ...hearing, ...spotlighted, ...put];
  }

  /** Performs an action on a member. */
  act(conference: SipConference, member: ConferenceMember, action: MemberAction): Promise<void> {
    const {number} = member;
    const commands: Record<MemberAction, () => Promise<void>> = {
      speaking: () => conference.setSpeaking(number, !member.speaking),
      hearing: () => conference.setHearing(number, !member.hearing),
      spotlighted: () => conference.setSpotlight(number, !member.spotlighted),
      again: () => conference.addMember(number),
      remove: async () => {
        await conference.removeMember(number);
        this.update({removed: {conference, member}});
      },
    };
    return this.run(conference, `${action} ${number}`, commands[action]);
  }

  /** Invites people to a conference. */
  invite(conference: SipConference, people: readonly Party[]): void {
    for (const {number} of people)
      void this.run(conference, `again ${number}`, () => conference.addMember(number));
  }

  /** Runs a command unless it is already running; its failure is shown. */
  async run(conference: SipConference, key: string, command: () => Promise<void>): Promise<void> {
    const {pending} = this.state;
    if (pending.has(key)) return;
    this.update({pending: new Set([...pending, key])});
    try {
      await this.#commands.run(async () => {
        try {
          await command();
        } catch (error) {
          if (toSipError(error).code === 'not-allowed') this.#refused.add(conference);
          throw error;
        }
      });
    } finally {
      this.update({pending: new Set([...this.state.pending].filter((other) => other !== key))});
    }
  }

  /** Returns the member last removed from this conference, if they have not returned. */
  removedFrom(conference: SipConference): ConferenceMember | undefined {
    const {removed} = this.state;
    if (removed?.conference !== conference) return undefined;
    const back = conference.state.members.some(
      ({number, phase}) => number === removed.member.number && phase !== 'released',
    );
    return back ? undefined : removed.member;
  }
}
