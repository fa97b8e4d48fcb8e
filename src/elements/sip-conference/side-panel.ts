import {html, nothing, type TemplateResult} from 'lit';
import type {SipConference} from '../../core/conference/conference.js';
import type {Party} from '../../core/types.js';
import {cleanFileId} from '../../core/uploads/file-id.js';
import {toSipError} from '../../errors.js';
import {playIcon} from '../shared/icons.js';
import {PeopleField} from '../shared/people/people-field.js';
import {userPlusIcon} from './icons.js';
import type {ConferenceContext, ShownConference} from './host.js';
import type {MemberCommands} from './member-commands.js';
import type {UploadedFiles} from './uploaded-files.js';

/** The panels below the bar. */
export type SidePanelName = 'invite' | 'files';

/** The panel that the bar's buttons open: the invitation field, or the choice of a file to play. */
export class SidePanel {
  readonly #context: ConferenceContext;
  readonly #commands: MemberCommands;
  readonly #uploads: UploadedFiles;
  readonly #field: PeopleField;
  #shown: ShownConference | undefined;
  #open: SidePanelName | undefined;
  #file = '';
  #times = 1;
  /** Whether the panel has just opened and takes the focus. */
  #opened = false;

  constructor(context: ConferenceContext, commands: MemberCommands, uploads: UploadedFiles) {
    this.#context = context;
    this.#commands = commands;
    this.#uploads = uploads;
    this.#field = new PeopleField(context, (people) => {
      if (this.#shown) this.invite(this.#shown.conference, people);
    });
  }

  get open(): SidePanelName | undefined {
    return this.#open;
  }

  toggle(name: SidePanelName): void {
    this.#open = this.#open === name ? undefined : name;
    this.#opened = this.#open !== undefined;
    this.#context.host.requestUpdate();
  }

  close(): void {
    this.#open = undefined;
  }

  /** Invites people to a conference. */
  invite(conference: SipConference, people: readonly Party[]): void {
    for (const {number} of people)
      void this.#commands.run(conference, `again ${number}`, () => conference.addMember(number));
  }

  render(shown: ShownConference): TemplateResult | typeof nothing {
    this.#shown = shown;
    if (!this.#open) return nothing;
    return html`<div class="side" @keydown=${this.#onKey}>
      ${this.#open === 'invite' ? this.#renderInvite() : this.#renderFiles(shown)}
    </div>`;
  }

  updated(): void {
    if (!this.#opened) return;
    this.#opened = false;
    this.#context.host.renderRoot.querySelector<HTMLElement>('.side input')?.focus();
  }

  #renderInvite(): TemplateResult {
    const {localize} = this.#context;
    return html`${this.#field.render(() => {})}
      <button part="call" class="pill" type="button" @click=${() => this.#field.take()}>
        ${userPlusIcon} ${localize.term('invite')}
      </button>`;
  }

  #renderFiles({conference}: ShownConference): TemplateResult {
    const {localize} = this.#context;
    const pending = this.#commands.isPending('play');
    return html`<input
        class="input"
        part="file-id"
        type="text"
        list="uploaded"
        aria-label=${localize.term('fileId')}
        placeholder=${localize.term('fileId')}
        autocomplete="off"
        spellcheck="false"
        .value=${this.#file}
        @input=${({target}: Event) => (this.#file = (target as HTMLInputElement).value)}
      />
      <datalist id="uploaded">
        ${this.#uploads.list.map(({id, name}) => html`<option value=${id}>${name}</option>`)}
      </datalist>
      <input
        class="input times"
        part="times"
        type="number"
        min="1"
        max="99"
        aria-label=${localize.term('fileTimes')}
        title=${localize.term('fileTimes')}
        .value=${String(this.#times)}
        @input=${({target}: Event) => (this.#times = (target as HTMLInputElement).valueAsNumber || 1)}
      />
      <button
        part="play"
        class="pill"
        type="button"
        aria-disabled=${pending || conference.state.phase !== 'answered' ? 'true' : nothing}
        @click=${() => this.#play()}
      >
        ${playIcon} ${localize.term('play')}
      </button>`;
  }

  #play(): void {
    const conference = this.#shown?.conference;
    if (!conference) return;
    const {commands, host} = this.#context;
    try {
      const id = cleanFileId(this.#file);
      void this.#commands.run(conference, 'play', () => conference.playFile(id, this.#times));
    } catch (error) {
      if (this.#file.trim()) commands.tell(toSipError(error));
      else host.renderRoot.querySelector<HTMLElement>('[part=file-id]')?.focus();
    }
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const {key, target} = event;
    const {host} = this.#context;
    if (key === 'Escape') {
      const part = this.#open === 'invite' ? 'invite' : 'files';
      this.toggle(this.#open!);
      host.renderRoot.querySelector<HTMLElement>(`[part=${part}]`)?.focus();
    } else if (
      key === 'Enter' &&
      !event.repeat &&
      (target as Element).matches('[part=file-id], [part=times]')
    )
      this.#play();
  };
}
