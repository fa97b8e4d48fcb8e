import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {ClockController, formatDuration} from '../../controllers/clock-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {Recall} from '../../core/recall/recall.js';
import type {Utterance} from '../../core/recall/recall-state.js';
import {SipError} from '../../errors.js';
import '../../locales/intercom-en.js';
import '../../locales/desk/recall-en.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {clockTime, fullMoment} from '../shared/history-time.js';
import {circleStopIcon, playIcon} from '../shared/icons/controls.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {barButton, listBar} from '../shared/buttons/list-bar.js';
import {commandNotice, notice} from '../shared/notice.js';
import {nameLine, nameOf} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';
import {RowWindow} from '../shared/row-window.js';
import {normalizeShortcut, ShortcutController} from '../shared/shortcuts.js';
import {panelStates} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {downloadIcon} from '../shared/icons/later.js';
import {historyIcon} from '../shared/icons/phone.js';
import {rotateCcwIcon, saveIcon} from './icons.js';
import {styles} from './recall-panel.styles.js';
import {timeline} from './recall-timeline.js';

/** How fast utterances can play. */
const RATES = [0.75, 1, 1.5];

const MINUTE = 60_000;

/** What a row says about the recording that was made of it. */
const RECORDING_TERM = {local: 'utteranceSaved', memory: 'utteranceOnlyHere'} as const;

/** The contents of a `<sip-recall>`. */
export class RecallPanelElement extends LitElement {
  static readonly parts =
    'panel, repeat, rate, note, timeline, utterance, play, keep, download, saved, notice';

  static override styles = [inner, panelStates, styles];

  /** The properties are those of `<sip-recall>`. */
  @property({attribute: false}) number = '';
  @property({attribute: false}) repeatKey = '';

  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #window = new RowWindow(this, () => this.#shown.length, '[part=utterance]');
  /** How many rows are rendered before and after those in view: the one that has the focus. */
  #besides = {before: 0, after: 0};
  /** The utterances that are about to be saved, and the name of the file that was saved last. */
  readonly #saving = new Set<string>();
  #saved: {readonly id: string; readonly name: string} | undefined;

  @query('[role=list]') private readonly list!: HTMLElement | null;

  constructor() {
    super();
    new StateController(this, () => [this.#client.client, this.#recall]);
    new FocusKeeper(
      this,
      () => () => this.renderRoot.querySelector<HTMLElement>('[part=repeat]') ?? undefined,
    );
    // The timeline moves on.
    new ClockController(this, () => (this.#shown.length ? Date.now() : undefined));
    new ShortcutController<'repeat'>(this, {
      shortcuts: () => ({repeat: normalizeShortcut(this.repeatKey)}),
      scope: () => undefined,
      press: () => {
        if (!this.#recall?.minutes) return false;
        this.#onRepeat();
        return true;
      },
    });
  }

  /** See `SipRecallElement.repeat`. */
  async repeat(): Promise<void> {
    if (!this.#recall) throw new SipError('nothing-to-repeat');
    await this.#recall.repeat({number: this.number});
  }

  protected override updated(): void {
    this.#window.measure(this.list ?? undefined, this.#besides);
  }

  get #recall(): Recall | undefined {
    return this.#client.client?.recall;
  }

  get #shown(): readonly Utterance[] {
    const {utterances = []} = this.#recall ?? {};
    return this.number ? utterances.filter(({remote}) => remote.number === this.number) : utterances;
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const recall = this.#recall;
    return html`<div
      part="panel"
      class="card"
      role="group"
      tabindex="-1"
      aria-label=${localize.term('recall')}
    >
      ${recall ? this.#renderBar(recall) : nothing} ${recall?.minutes ? this.#renderNote(recall) : nothing}
      ${commandNotice(this.#commands, localize)} ${this.#renderSaved()}
      ${recall ? this.#renderUtterances(recall) : absenceNote(historyIcon, this.#client, localize)}
    </div>`;
  }

  #renderBar({state}: Recall): TemplateResult {
    const localize = this.#localize;
    const key = normalizeShortcut(this.repeatKey);
    const name = localize.term('repeatLast');
    const disabled = this.#shown.length ? undefined : localize.explained(name, localize.term('nothingHeard'));
    return listBar(
      html`<b class="line">${localize.term('recall')}</b>`,
      html`<select part="rate" class="rate" aria-label=${localize.term('recallRate')} @change=${this.#onRate}>
          ${RATES.map((rate) => html`<option value=${rate} ?selected=${rate === state.rate}>${rate}×</option>`)}
        </select>
        ${barButton('repeat', key ? `${name} (${key})` : name, rotateCcwIcon, this.#onRepeat, {disabled})}`,
    );
  }

  #renderNote({minutes, state}: Recall): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const {error} = state;
    if (error)
      return notice(
        error === 'unsupported-browser'
          ? localize.term('recallImpossible')
          : localize.describe({code: error}),
        {localize, warns: true},
      );
    if (!state.active) return nothing;
    return html`<p part="note" class="note quiet">${localize.term('recallNote', String(minutes))}</p>`;
  }

  /** Says where the recording is that was made last. */
  #renderSaved(): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const {id, name} = this.#saved ?? {};
    const storage = this.#shown.find((utterance) => utterance.id === id)?.recordingStorage;
    if (id === undefined || name === undefined || !storage) return nothing;
    const onDismiss = (): void => {
      this.#saved = undefined;
      this.requestUpdate();
    };
    const local = storage === 'local';
    return notice(localize.term(local ? 'utteranceKept' : 'utteranceInMemory', name), {
      ...{localize, onDismiss, informs: local, warns: !local},
      links: html`<button class="link" type="button" @click=${() => this.#onDownload(id)}>
        ${localize.term('download')}
      </button>`,
    });
  }

  #renderUtterances({minutes, state}: Recall): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const shown = this.#shown;
    if (!minutes) return emptyNote(historyIcon, localize.term('recallOff'));
    if (!shown.length) return state.error ? nothing : emptyNote(historyIcon, localize.term('nothingHeard'));
    return html`${timeline({
        utterances: shown,
        playing: state.playing?.id,
        now: Date.now(),
        span: minutes * MINUTE,
        onPress: this.#onPlay,
      })}
      <div role="list" @scroll=${this.#window.onScroll}>
        <div class="before" role="none"></div>
        ${repeat(
          this.#rowsOf(shown),
          ({utterance}) => utterance.id,
          ({utterance, place}) =>
            html`<div
              part="utterance"
              role="listitem"
              data-id=${utterance.id}
              aria-posinset=${place}
              aria-setsize=${shown.length}
            >
              ${this.#renderUtterance(utterance)}
            </div>`,
        )}
        <div class="after" role="none"></div>
      </div>`;
  }

  /** The rows in view, and the one that has the focus. */
  #rowsOf(shown: readonly Utterance[]): readonly {utterance: Utterance; place: number}[] {
    const {first, end} = this.#window.next();
    const rows = shown.slice(first, end).map((utterance, index) => ({utterance, place: first + index + 1}));
    const row = this.shadowRoot!.activeElement?.closest<HTMLElement>('[part=utterance]');
    const at = row ? shown.findIndex(({id}) => id === row.dataset['id']) : -1;
    this.#besides = {before: at >= 0 && at < first ? 1 : 0, after: at >= end ? 1 : 0};
    const focused = {utterance: shown[at]!, place: at + 1};
    if (this.#besides.before) rows.unshift(focused);
    if (this.#besides.after) rows.push(focused);
    return rows;
  }

  #renderUtterance(utterance: Utterance): TemplateResult {
    const localize = this.#localize;
    const {id, speaker, time, duration, running} = utterance;
    const remote = this.#client.client?.identify(utterance.remote) ?? utterance.remote;
    const playing = this.#recall?.state.playing;
    const plays = playing?.id === id;
    const language = localize.lang();
    const what = localize.isolated(nameOf(speaker ?? remote, localize));
    const play = localize.term(plays ? 'stopUtterance' : 'playUtterance', what, clockTime(time, language));
    const length = formatDuration(Math.ceil(duration));
    return html`${commandButton(play, plays ? circleStopIcon : playIcon, () => this.#onPlay(utterance), {
        part: 'play',
        look: `act ${plays ? '' : 'go'}`,
      })}
      <div class="words">
        ${nameLine(remote, localize)}
        <span class="quiet state points">
          <time datetime=${new Date(time).toISOString()} title=${fullMoment(time, language)}
            >${clockTime(time, language)}</time
          >${
            speaker && speaker.number !== remote.number
              ? html`<span class="speaker"><bdi class="line">${nameOf(speaker, localize)}</bdi></span>`
              : nothing
          }
          <span class="number"
            >${plays ? `${formatDuration(Math.floor(playing.position))} / ${length}` : length}</span
          >
          ${running ? html`<span class="running">${localize.term('speakingNow')}</span>` : nothing}
          ${this.#renderStorage(utterance)}
        </span>
      </div>
      ${this.#renderKeep(utterance, what)}`;
  }

  #renderStorage({id, recordingStorage}: Utterance): TemplateResult | typeof nothing {
    if (!recordingStorage && !this.#saving.has(id)) return nothing;
    const term = recordingStorage ? RECORDING_TERM[recordingStorage] : 'savingUtterance';
    return html`<span part="saved" class="saved">${this.#localize.term(term)}</span>`;
  }

  /** Renders the button that makes a recording, or that downloads the one that was made. */
  #renderKeep({id, time, recordingStorage}: Utterance, what: string): TemplateResult {
    const localize = this.#localize;
    const at = clockTime(time, localize.lang());
    const saving = this.#saving.has(id);
    const name = localize.term(recordingStorage ? 'downloadUtterance' : 'keepUtterance', what, at);
    return commandButton(
      name,
      recordingStorage ? downloadIcon : saveIcon,
      () => (recordingStorage ? this.#onDownload(id) : this.#onKeep(id)),
      {part: recordingStorage ? 'download' : 'keep', look: 'act plain', disabled: saving},
    );
  }

  readonly #onRepeat = (): void => void this.#commands.run(() => this.repeat());

  readonly #onPlay = ({id}: Utterance): void => {
    const recall = this.#recall;
    if (!recall) return;
    void this.#commands.run(() => (recall.state.playing?.id === id ? recall.stop() : recall.play(id)));
  };

  readonly #onRate = ({target}: Event): void => {
    const rate = Number((target as HTMLSelectElement).value);
    void this.#commands.run(async () => this.#recall?.setRate(rate));
  };

  /** Makes a recording; of an utterance that is still heard, once it is over. */
  readonly #onKeep = (id: string): void => {
    if (this.#saving.has(id)) return;
    this.#saving.add(id);
    this.#saved = undefined;
    void this.#commands.run(async () => {
      try {
        const file = await this.#recall?.keep(id);
        if (file) this.#saved = {id, name: file.name};
      } finally {
        this.#saving.delete(id);
      }
    });
  };

  readonly #onDownload = (id: string): void =>
    void this.#commands.run(async () => {
      const file = await this.#recall?.keep(id);
      const {download} = await import('../../media/recording/download.js');
      if (file) download(file, file.name);
    });
}
