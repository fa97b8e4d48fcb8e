import {html, nothing, type TemplateResult} from 'lit';
import {CancelableCommand} from '../../controllers/cancelable-command.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import {callsMembers} from '../../core/conference/invites.js';
import {numbersOf, writtenNumbers} from '../../core/util/number.js';
import type {CallMedia, Party} from '../../core/types.js';
import {SipError} from '../../errors.js';
import {xIcon} from '../shared/icons.js';
import {PeopleField} from '../shared/people/people-field.js';
import {initialsOf, nameOf} from '../shared/people/people.js';
import {isRegistered} from '../shared/registration.js';
import {repeat} from '../shared/repeat.js';
import {startButtons} from '../shared/start-buttons.js';
import type {ConferenceContext} from './host.js';

/** The form that creates a conference: its members, its name and its media. */
export class CreateForm {
  readonly #context: ConferenceContext;
  readonly #field: PeopleField;
  readonly #names = new Map<string, string>();
  readonly #making: CancelableCommand;
  /** The text for screen readers. */
  #news = '';

  constructor(context: ConferenceContext) {
    this.#context = context;
    this.#making = new CancelableCommand(context.host, context.commands);
    this.#field = new PeopleField(context, (people) => this.add(people));
  }

  /** The chosen members. */
  get chosen(): readonly Party[] {
    const {members} = this.#context.host;
    let numbers: readonly string[];
    try {
      numbers = numbersOf(members);
    } catch {
      // Starting the conference reports the error.
      numbers = [...new Set(writtenNumbers(typeof members === 'string' ? members.split(',') : members))];
    }
    return numbers.map((number) => ({number, name: this.#names.get(number) ?? ''}));
  }

  /** Whether members can be called; they cannot if all conferences are rooms that call no members. */
  calls(client: BaseClient | undefined): boolean {
    return !client || this.#context.host.broadcast || callsMembers(client) || this.chosen.length > 0;
  }

  /** Adds people to the chosen members. */
  add(people: readonly Party[]): void {
    const {client, host, localize} = this.#context;
    const others = people.filter(({number}) => number !== client()?.options.user);
    for (const {number, name} of others) if (name) this.#names.set(number, name);
    const numbers = [...this.chosen, ...others].map(({number}) => number);
    host.members = [...new Set(numbers)].join();
    if (others.length)
      this.#news = localize.term('added', others.map((party) => nameOf(party, localize)).join(', '));
    host.requestUpdate();
  }

  /** Creates the conference. @throws {SipError} */
  start(media: CallMedia): Promise<SipConference> {
    const {host, client} = this.#context;
    return this.#making.attempt(async (signal) => {
      const caller = client();
      if (!caller) throw new SipError('not-connected');
      const {members, number, name, screen, fileId} = host;
      const options = {members, number, name, media, screen, fileId: fileId || undefined, signal};
      return host.broadcast ? caller.createBroadcast(options) : caller.createConference(options);
    });
  }

  /** Cancels a conference that the server has not named yet; returns false if there is none. */
  cancel(): boolean {
    return this.#making.cancel();
  }

  /** Moves the focus to the required field. */
  focus(): void {
    const {host, client} = this.#context;
    const part = this.calls(client()) ? 'members-field' : 'number';
    host.renderRoot.querySelector<HTMLElement>(`[part=${part}]`)?.focus();
  }

  render(client: BaseClient): TemplateResult {
    const {host, localize} = this.#context;
    const calls = this.calls(client);
    const title = host.broadcast ? 'newBroadcast' : calls ? 'newConference' : 'joinConference';
    return html`<div class="bar">
        <b>${localize.term(title)}</b>
      </div>
      <div class="hidden" role="status">${this.#news}</div>
      <div class="form">
        ${client.capabilities.rooms ? this.#renderText('number', localize.term('roomNumber'), 'tel') : nothing}
        ${
          calls
            ? html`${this.#field.render((key) => this.#onEmptyKey(key))} ${this.#renderChosen()}
              ${this.#renderText('name', localize.term('conferenceName'))}`
            : nothing
        }
        <div class="buttons">${this.#renderButtons(client)}</div>
      </div>`;
  }

  /** Renders the field of a text property. */
  #renderText(part: 'name' | 'number', label: string, mode: 'text' | 'tel' = 'text'): TemplateResult {
    const {host} = this.#context;
    return html`<input
      part=${part}
      class="input"
      type="text"
      inputmode=${mode}
      aria-label=${label}
      placeholder=${label}
      autocomplete="off"
      enterkeyhint="go"
      .value=${host[part]}
      @input=${({target}: Event) => (host[part] = (target as HTMLInputElement).value)}
      @keydown=${this.#onKey}
    />`;
  }

  #renderChosen(): TemplateResult {
    const {localize} = this.#context;
    const chosen = this.chosen;
    if (!chosen.length) return html`<p class="quiet hint">${localize.term('memberHint')}</p>`;
    return html`<div class="chips" role="list" aria-label=${localize.term('members')}>
      ${repeat(
        chosen,
        ({number}) => number,
        (party) => {
          const remove = localize.term('removeMember', nameOf(party, localize));
          return html`<span part="chosen" class="chosen" role="listitem">
            <span class="avatar" aria-hidden="true" data-initials=${initialsOf(party)}></span>
            <bdi class="line" title=${`${party.name} ${party.number}`}>${nameOf(party, localize)}</bdi>
            <button
              class="dismiss"
              type="button"
              aria-label=${remove}
              title=${remove}
              @click=${() => this.#remove(party)}
            >
              ${xIcon}
            </button>
          </span>`;
        },
      )}
    </div>`;
  }

  #renderButtons(client: BaseClient): TemplateResult {
    const {host, localize} = this.#context;
    return startButtons({
      localize,
      media: host.media,
      text: this.calls(client)
        ? localize.term(host.broadcast ? 'startBroadcast' : 'startConference')
        : localize.term('join'),
      names: {audio: localize.term('startAudio'), video: localize.term('startVideo')},
      parts: ['start', 'start-other'],
      reason: isRegistered(client) ? nothing : localize.describe({code: 'not-registered'}),
      starting: this.#making.running,
      onStart: (media) => this.#press(media),
      onCancel: () => this.cancel(),
    });
  }

  /** Starts; without members it focuses their field, and without a registration it shows the reason. */
  #press(media: CallMedia): void {
    const {commands, client, host} = this.#context;
    if (this.#making.running) return;
    if (!isRegistered(client())) return commands.tell(new SipError('not-registered'));
    if (!this.#field.empty && !this.#field.take()) return;
    const joins = client()?.capabilities.rooms && host.number.trim();
    if (!this.chosen.length && !joins) return this.focus();
    void commands.told(this.start(media));
  }

  #remove(party: Party): void {
    const {host, localize} = this.#context;
    const numbers = this.chosen.map(({number}) => number).filter((number) => number !== party.number);
    host.members = numbers.join();
    this.#news = localize.term('dropped', nameOf(party, localize));
    host.requestUpdate();
    this.focus();
  }

  #onEmptyKey(key: string): void {
    const last = this.chosen.at(-1);
    if (key === 'Backspace' && last) this.#remove(last);
    if (key === 'Enter') this.#press(this.#context.host.media);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing || event.repeat) return;
    event.preventDefault();
    this.#press(this.#context.host.media);
  };
}
