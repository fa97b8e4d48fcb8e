import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {MemberSwitch, SipConference} from '../../core/conference/conference.js';
import type {ConferenceMember} from '../../core/conference/conference-member.js';
import type {CallEventMap} from '../../core/call/call-state.js';
import type {CallPhase} from '../../core/types.js';
import type {Terms} from '../../locales/terms.js';
import {nameOf} from '../shared/people/people.js';

/** The settings of this user that others may change, and the terms that report a change. */
const SWITCHES = {
  speaking: {on: 'youUnmuted', off: 'youMuted'},
  hearing: {on: 'youUndeafened', off: 'youDeafened'},
  spotlighted: {on: 'youPushed', off: 'youUnpushed'},
} as const satisfies Record<MemberSwitch, {on: keyof Terms; off: keyof Terms}>;

/**
 * The conference events that screen readers announce: who joined, left, or was not reached; whether this user was
 * muted, deafened or spotlighted. Members present from the start and the current speaker are not announced.
 */
export class MemberAnnouncements {
  readonly #localize: LocalizeController;
  readonly #own: () => string;
  readonly #onAnnouncement: () => void;
  #conference: SipConference | undefined;
  #phases: Map<string, CallPhase> | undefined;
  #self: ConferenceMember | undefined;
  #text = '';

  constructor(localize: LocalizeController, own: () => string, onAnnouncement: () => void) {
    this.#localize = localize;
    this.#own = own;
    this.#onAnnouncement = onAnnouncement;
  }

  get text(): string {
    return this.#text;
  }

  /** Listens to this conference only. */
  follow(conference: SipConference | undefined): void {
    if (conference === this.#conference) return;
    this.#conference?.removeEventListener('memberchange', this.#onChange);
    this.#conference = conference;
    this.#text = '';
    this.#phases = this.#self = undefined;
    if (conference?.state.members.length) this.#remember(conference);
    conference?.addEventListener('memberchange', this.#onChange);
  }

  #remember({state}: SipConference): void {
    this.#phases = new Map(state.members.map(({number, phase}) => [number, phase]));
    this.#self = state.members.find(({number}) => number === this.#own());
  }

  readonly #onChange = ({detail: {member}}: CallEventMap['memberchange']): void => {
    const phases = this.#phases;
    // Members in the first list were already present.
    if (!phases) return this.#remember(this.#conference!);
    const before = phases.get(member.number);
    if (this.#conference?.state.members.includes(member)) phases.set(member.number, member.phase);
    else phases.delete(member.number);
    const own = member.number === this.#own();
    if (member.file || (!own && before === member.phase)) return;
    const text = own ? this.#changesOfUser(member) : this.#changeOf(member, before);
    if (!text) return;
    this.#text = text;
    this.#onAnnouncement();
  };

  #changesOfUser(member: ConferenceMember): string {
    const before = this.#self;
    this.#self = member;
    if (before?.phase !== 'answered' || member.phase !== 'answered') return '';
    const switches = (Object.keys(SWITCHES) as MemberSwitch[]).filter(
      (what) => before[what] !== member[what],
    );
    return this.#localize.sentences(
      switches.map((what) => this.#localize.term(SWITCHES[what][member[what] ? 'on' : 'off'])),
    );
  }

  #changeOf(member: ConferenceMember, before: CallPhase | undefined): string {
    const localize = this.#localize;
    const name = nameOf(this.#conference!.identify(member), localize);
    if (member.phase === 'answered') return localize.term('joined', name);
    if (member.phase !== 'released' || before === undefined) return '';
    return localize.term(before === 'answered' ? 'left' : 'notReached', name);
  }
}
