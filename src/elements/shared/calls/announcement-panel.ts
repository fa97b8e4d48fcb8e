import '../../../locales/conference-en.js';
import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {query, state} from 'lit/decorators.js';
import {formatDuration} from '../../../controllers/clock-controller.js';
import {CommandController} from '../../../controllers/command-controller.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import {StateController} from '../../../controllers/state-controller.js';
import type {
  AlertTone,
  AnnouncementOptions,
  AnnouncementSource,
  AnnouncementState,
  SipAnnouncement,
} from '../../../core/call/announcement.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {StateSource} from '../../../core/util/state-target.js';
import type {Terms} from '../../../locales/terms.js';
import {PlayableFiles, type PlayableFile} from './playable-files.js';
import {soundButtonStyles, SoundPreviews} from './sound-previews.js';
import type {InnerElements} from '../define-inner.js';
import {FocusKeeper} from '../focus-keeper.js';
import {focusOnce} from '../focus.js';
import {pauseIcon, playIcon} from '../icons/controls.js';
import {commandButton} from '../buttons/command-button.js';
import {fileIcon, squareIcon, uploadIcon} from '../icons/later.js';
import {megaphoneIcon} from '../icons/sound.js';
import {commandNotice} from '../notice.js';
import {property} from '../property.js';
import {repeat} from '../repeat.js';
import {progressStyles} from '../styles/progress.styles.js';
import {inner as shared} from '../styles/shared.styles.js';

const styles = css`
  :host {
    --_line: var(--_border);
    --_hover: var(--_fill);
  }
  :host([staged]) {
    --_fill: rgb(255 255 255 / 22%);
    --_accent: #fff;
    --_surface: #11161c;
    --_quiet: #c3cad3;
    --_line: rgb(255 255 255 / 16%);
    --_hover: rgb(255 255 255 / 14%);
  }
  .title {
    padding: var(--_space-2) var(--_space-3) var(--_space-1);
    color: var(--_quiet);
    font-size: var(--_text-s);
    font-weight: 600;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .entry,
  .running {
    display: flex;
    align-items: center;
    gap: var(--_space-1);
  }
  .running {
    padding-block: var(--_space-2);
    padding-inline: var(--_space-3) var(--_space-1);
    border-block-end: 1px solid var(--_line);
  }
  .running .words {
    flex: 1;
    min-inline-size: 0;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_space-2);
    color: var(--_quiet);
    font-size: var(--_text-s);
  }
  .item {
    flex: 1;
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    min-inline-size: 0;
    min-block-size: 2.5rem;
    padding: 0.25rem var(--_space-3);
    border-radius: var(--_radius-s);
    text-align: start;
  }
  .item .icon {
    flex: none;
  }
  .item .line {
    flex: 1;
  }
  .item:hover,
  .act:hover {
    background: var(--_hover);
  }
  .item:focus-visible,
  .act:focus-visible {
    outline-offset: -2px;
  }
  .act[aria-pressed='true'] {
    background: var(--_accent);
    color: var(--_surface);
  }
  .keep {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding: var(--_space-2) var(--_space-3);
    border-block-start: 1px solid var(--_line);
    margin-block-start: var(--_space-1);
  }
  .keep input {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .notice {
    margin: var(--_space-2) var(--_space-3);
    font-size: var(--_text-s);
  }
  @media (forced-colors: active) {
    .act[aria-pressed='true'] {
      forced-color-adjust: none;
      background: SelectedItem;
      color: SelectedItemText;
    }
  }
`;

const TONES = {
  'alert-steady': 'alertSteady',
  'alert-warble': 'alertWarble',
  'alert-beep': 'alertBeep',
} as const satisfies Record<AlertTone, keyof Terms>;

/** What the panel says for those who hear the sounds. */
const AUDIENCES = {
  call: {play: 'playIntoCall', mix: 'keepMicrophone'},
  conference: {play: 'playIntoCall', mix: 'keepMicrophone'},
  groups: {play: 'playToGroups', mix: 'talkOverSound'},
} as const satisfies Record<string, {readonly play: keyof Terms; readonly mix: keyof Terms}>;

/** A sound of the list. */
interface Entry {
  readonly id: string;
  readonly name: string;
  readonly icon: TemplateResult;
  /** What is known of it besides the name. */
  readonly facts: string;
  readonly source: AnnouncementSource;
  /** What this side can listen to before; undefined if it cannot be loaded. */
  readonly preview: Blob | string | undefined;
}

/** What plays, as far as the panel shows it. */
type Running = Pick<SipAnnouncement, 'name' | 'pausable' | 'pause' | 'resume' | 'stop'> &
  StateSource<AnnouncementState>;

/** What sounds are played into: a call, or talk groups. */
export interface SoundTarget extends StateSource<object> {
  readonly announcement: Running | undefined;
  play(source: AnnouncementSource, options?: AnnouncementOptions): Promise<unknown>;
}

/**
 * The sounds that the user can play into a call or to groups: alert tones, files of the user's disk, and files of the
 * server. On the stage of a call with `staged`.
 */
class AnnouncementPanelElement extends LitElement {
  static override styles = [shared, progressStyles, soundButtonStyles, styles];

  @property({attribute: false}) target!: SoundTarget;
  /** Who hears the sounds. */
  @property({attribute: false}) audience: keyof typeof AUDIENCES = 'call';
  @property({attribute: false}) client: BaseClient | undefined;

  /** Whether the microphone is heard beside a sound. */
  @state() private mix = true;

  @query('[type=file]') private readonly picker!: HTMLInputElement;

  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #files = new PlayableFiles();
  readonly #previews = new SoundPreviews(this, {
    localize: this.#localize,
    commands: () => this.#commands,
    client: () => this.client,
  });

  constructor() {
    super();
    new StateController(this, () => [this.target, this.target.announcement, this.#files]);
    new FocusKeeper(this, '.sound');
  }

  /** Lists the sounds that are there now, and moves the focus to the first control. */
  async open(): Promise<void> {
    this.#commands.dismiss();
    await this.updateComplete;
    focusOnce(this, this.renderRoot.querySelector<HTMLElement>('button'));
    if (this.client?.capabilities.playFile) await this.#files.load();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#files.follow(this.client);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#files.follow(undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client')) this.#files.follow(this.client);
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {announcement} = this.target;
    const tones = Object.entries(TONES).map(([id, term]) => this.#tone(id as AlertTone, localize.term(term)));
    const files = this.#listsFiles ? this.#files.state.list.flatMap((file) => this.#file(file)) : [];
    return html`${announcement ? this.#renderRunning(announcement) : nothing}
      ${commandNotice(this.#commands, localize)}
      ${this.#renderList('tones', localize.term('alertTones'), tones)}
      ${files.length ? this.#renderList('files', localize.term('soundFiles'), files) : nothing}
      <button class="item own" type="button" @click=${() => this.picker.click()}>
        ${uploadIcon}<span class="line">${localize.term('ownSound')}</span>
      </button>
      <input
        type="file"
        hidden
        accept="audio/*,video/*"
        aria-label=${localize.term('ownSound')}
        @change=${this.#onPicked}
      />
      <label class="keep">
        <input
          type="checkbox"
          .checked=${this.mix}
          @change=${({target}: Event) => (this.mix = (target as HTMLInputElement).checked)}
        />
        ${localize.term(AUDIENCES[this.audience].mix)}
      </label>`;
  }

  get #listsFiles(): boolean {
    return this.client?.capabilities.playFile ?? false;
  }

  #tone(id: AlertTone, name: string): Entry {
    return {id, name, icon: megaphoneIcon, facts: '', source: id, preview: id};
  }

  #file({id, name, file, url, duration, sample}: PlayableFile): readonly Entry[] {
    const facts = [
      ...(duration === undefined ? [] : [formatDuration(Math.round(duration))]),
      ...(sample ? [this.#localize.term('sampleFile')] : []),
    ];
    const preview = file ?? url;
    // In a conference the server plays it to everyone, this side included; otherwise this page can pause it.
    const byPage = this.audience === 'conference' ? undefined : preview;
    // The server plays nothing to groups.
    if (!byPage && this.audience === 'groups') return [];
    const source = byPage ?? {id, duration};
    return [{id, name, icon: fileIcon, facts: facts.join(' · '), source, preview}];
  }

  #renderList(id: string, title: string, entries: readonly Entry[]): TemplateResult {
    return html`<div id=${id} class="title">${title}</div>
      <ul aria-labelledby=${id}>
        ${repeat(
          entries,
          (entry) => entry.id,
          (entry) => this.#renderEntry(entry),
        )}
      </ul>`;
  }

  #renderEntry({id, name, icon, facts, source, preview}: Entry): TemplateResult {
    const play = this.#localize.term(AUDIENCES[this.audience].play, name);
    return html`<li class="entry">
      <button
        class="item sound"
        type="button"
        aria-label=${facts ? `${play}, ${facts}` : play}
        title=${play}
        @click=${() => this.#play(source)}
      >
        ${icon}<bdi class="line">${name}</bdi>${facts ? html`<span class="facts">${facts}</span>` : nothing}
      </button>
      ${preview === undefined ? nothing : this.#previews.button(id, name, preview)}
    </li>`;
  }

  #renderRunning(announcement: Running): TemplateResult {
    const localize = this.#localize;
    const {position, duration, paused, held} = announcement.state;
    const name = this.#nameOf(announcement);
    const text = localize.term('soundPlaying', name);
    const pause = localize.term(paused ? 'resumeSound' : 'pauseSound');
    const stop = localize.term('stopSound');
    return html`<div class="running">
      <div class="words">
        <bdi class="line" title=${text}>${name}</bdi>
        <span class="facts">
          ${
            position === undefined
              ? nothing
              : html`<span
                  >${formatDuration(Math.floor(position))}${
                    duration === undefined ? nothing : html` / ${formatDuration(Math.round(duration))}`
                  }</span
                >`
          }
          ${held ? html`<span>${localize.term('soundHeld')}</span>` : nothing}
        </span>
        ${
          duration === undefined
            ? nothing
            : html`<progress
                dir="ltr"
                aria-label=${text}
                max=${duration}
                .value=${Math.min(position ?? 0, duration)}
              ></progress>`
        }
      </div>
      ${
        announcement.pausable
          ? commandButton(
              pause,
              paused ? playIcon : pauseIcon,
              () => this.#run(() => (paused ? announcement.resume() : announcement.pause())),
              {look: 'act pause'},
            )
          : nothing
      }
      ${commandButton(stop, squareIcon, () => this.#run(() => announcement.stop()), {look: 'act stop'})}
    </div>`;
  }

  #nameOf({name}: Running): string {
    if (Object.hasOwn(TONES, name)) return this.#localize.term(TONES[name as AlertTone]);
    return this.#files.state.list.find(({id, url}) => id === name || url === name)?.name ?? name;
  }

  #run(command: () => Promise<unknown>): void {
    void this.#commands.run(command);
  }

  #play(source: AnnouncementSource): void {
    this.#previews.stop();
    const {target, mix} = this;
    const options = typeof source === 'object' && 'id' in source ? {} : {mix};
    this.#run(() => target.play(source, options));
  }

  readonly #onPicked = (): void => {
    const [file] = this.picker.files ?? [];
    // Allows the same file to be chosen again.
    this.picker.value = '';
    if (file) this.#play(file);
  };
}

export const inner: InnerElements = {'sip-announcement-panel': AnnouncementPanelElement};

declare global {
  interface HTMLElementTagNameMap {
    'sip-announcement-panel': AnnouncementPanelElement;
  }
}
