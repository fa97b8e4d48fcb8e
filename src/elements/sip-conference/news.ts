import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipConference} from '../../core/conference.js';
import type {ConferenceMember} from '../../core/conference-member.js';
import type {CallEventMap} from '../../core/call-base.js';
import type {CallPhase} from '../../core/types.js';
import {nameOf} from '../people.js';

/** What a screen reader is told of a conference: who came, left, or was not reached. Nothing of those who were there. */
export class MemberNews {
  readonly #localize: LocalizeController;
  readonly #own: () => string;
  readonly #onNews: () => void;
  #conference: SipConference | undefined;
  #phases: Map<string, CallPhase> | undefined;
  #text = '';

  constructor(localize: LocalizeController, own: () => string, onNews: () => void) {
    this.#localize = localize;
    this.#own = own;
    this.#onNews = onNews;
  }

  get text(): string {
    return this.#text;
  }

  /** Listens to this conference, and to no other. */
  follow(conference: SipConference | undefined): void {
    if (conference === this.#conference) return;
    this.#conference?.removeEventListener('memberchange', this.#onChange);
    this.#conference = conference;
    this.#text = '';
    this.#phases = undefined;
    if (conference?.state.members.length) this.#remember(conference);
    conference?.addEventListener('memberchange', this.#onChange);
  }

  #remember({state}: SipConference): void {
    this.#phases = new Map(state.members.map(({number, phase}) => [number, phase]));
  }

  readonly #onChange = ({detail: {member}}: CallEventMap['memberchange']): void => {
    const phases = this.#phases;
    // Those of the first list were there before.
    if (!phases) return this.#remember(this.#conference!);
    const before = phases.get(member.number);
    phases.set(member.number, member.phase);
    if (before === member.phase || member.file || member.number === this.#own()) return;
    const text = this.#said(member, before);
    if (!text) return;
    this.#text = text;
    this.#onNews();
  };

  #said(member: ConferenceMember, before: CallPhase | undefined): string {
    const localize = this.#localize;
    const name = nameOf(member, localize);
    if (member.phase === 'answered') return localize.term('joined', name);
    if (member.phase !== 'released' || before === undefined) return '';
    return localize.term(before === 'answered' ? 'left' : 'notReached', name);
  }
}
