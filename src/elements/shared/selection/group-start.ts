import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {SipConference} from '../../../core/conference/conference.js';
import type {ConferenceMember} from '../../../core/conference/conference-member.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {CommandController} from '../../../controllers/command-controller.js';
import type {Party} from '../../../core/types.js';
import type {StateSource} from '../../../core/util/state-target.js';
import {missedText, type ReportLine, type ReportView, type SelectionTask} from './report.js';

/** The start of a conference or broadcast, as long as no other element shows it: which people ring, have joined, or were not reached. */
export class GroupStart implements SelectionTask {
  readonly #client: BaseClient;
  readonly #people: readonly Party[];
  readonly #conference: SipConference;
  readonly #commands: CommandController;

  constructor(
    client: BaseClient,
    people: readonly Party[],
    conference: SipConference,
    commands: CommandController,
  ) {
    this.#client = client;
    this.#people = people;
    this.#conference = conference;
    this.#commands = commands;
  }

  get sources(): readonly (StateSource<object> | undefined)[] {
    return [this.#client, this.#conference];
  }

  /** The conference goes on without the bar. */
  end(): void {}

  view(localize: LocalizeController): ReportView | undefined {
    const conference = this.#conference;
    if (conference.state.phase === 'released') return undefined;
    if (!this.#client.claims.unclaimed([conference]).length) return undefined;
    const {user} = this.#client.options;
    const members = conference.state.members.filter(({number, file}) => number !== user && !file);
    const known = new Map(members.map((member) => [member.number, member]));
    const rest = members.filter(({number}) => !this.#people.some((person) => person.number === number));
    const lines = [...this.#people, ...rest].map((party) =>
      this.#lineOf(party, known.get(party.number), localize),
    );
    const joined = lines.filter(({tone}) => tone === 'reached').length;
    return {
      title: localize.term('membersJoined', String(joined), String(lines.length)),
      lines,
      again: 'callPersonAgain',
    };
  }

  #lineOf(
    {number, name}: Party,
    member: ConferenceMember | undefined,
    localize: LocalizeController,
  ): ReportLine {
    const conference = this.#conference;
    const party = conference.identify({number, name: member?.name || name});
    if (!member || member.phase === 'init')
      return {...party, text: localize.term('calling'), tone: 'waiting'};
    if (member.phase === 'ringing') return {...party, text: localize.term('ringing'), tone: 'waiting'};
    if (member.phase === 'answered') return {...party, text: localize.term('connected'), tone: 'reached'};
    return {
      ...party,
      text: missedText(member.cause, localize),
      tone: 'missed',
      again: () => void this.#commands.run(() => conference.addMember(number)),
    };
  }
}
