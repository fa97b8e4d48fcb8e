import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
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
import {barButton, listBar} from '../shared/list-bar.js';
import {errorNotice, notice} from '../shared/notice.js';
import {nameLine, nameOf} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';
import {normalizeShortcut, ShortcutController} from '../shared/shortcuts.js';
import {panelStates} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {historyIcon, rotateCcwIcon, saveIcon} from './icons.js';
import {styles} from './recall-panel.styles.js';
import {timeline} from './recall-timeline.js';

/** How fast utterances can play. */
const RATES = [0.75, 1, 1.5];

const MINUTE = 60_000;

/** The contents of a `<sip-recall>`. */
export class RecallPanelElement extends LitElement {
  static readonly parts = 'panel, repeat, rate, note, timeline, utterance, play, keep, notice';

  static override styles = [inner, panelStates, styles];

  /** The properties are those of `<sip-recall>`. */
  @property({attribute: false}) number = '';
  @property({attribute: false}) repeatKey = '';

  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  /** Whose recording was made last. */
  #saved = '';

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
    const [last] = this.#shown;
    if (!this.#recall || !last) throw new SipError('nothing-to-repeat');
    await this.#recall.play(last.id);
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
    const {error} = this.#commands;
    return html`<div
      part="panel"
      class="card"
      role="group"
      tabindex="-1"
      aria-label=${localize.term('recall')}
    >
      ${recall ? this.#renderBar(recall) : nothing} ${recall?.minutes ? this.#renderNote(recall) : nothing}
      ${error ? errorNotice(error, undefined, {localize, onDismiss: this.#commands.dismiss}) : nothing}
      <div class="hidden" role="status">${this.#saved}</div>
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
    if (state.error)
      return notice(localize.describe({code: state.error, subject: 'AudioEncoder'}), {localize, warns: true});
    if (!state.active) return nothing;
    return html`<p part="note" class="note quiet">${localize.term('recallNote', String(minutes))}</p>`;
  }

  #renderUtterances({minutes, state}: Recall): TemplateResult {
    const localize = this.#localize;
    const shown = this.#shown;
    if (!minutes) return emptyNote(historyIcon, localize.term('recallOff'));
    if (!shown.length) return emptyNote(historyIcon, localize.term('nothingHeard'));
    return html`${timeline({
        utterances: shown,
        playing: state.playing?.id,
        now: Date.now(),
        span: minutes * MINUTE,
        onPress: this.#onPlay,
      })}
      <div role="list">
        ${repeat(
          shown,
          ({id}) => id,
          (utterance) =>
            html`<div part="utterance" role="listitem">${this.#renderUtterance(utterance)}</div>`,
        )}
      </div>`;
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
    const keep = localize.term('keepUtterance', what, clockTime(time, language));
    const length = formatDuration(Math.ceil(duration));
    return html`<button
        part="play"
        class="act ${plays ? '' : 'go'}"
        type="button"
        aria-label=${play}
        title=${play}
        @click=${() => this.#onPlay(utterance)}
      >
        ${plays ? circleStopIcon : playIcon}
      </button>
      <div class="words">
        ${nameLine(remote, localize)}
        <span class="quiet state points">
          <time datetime=${new Date(time).toISOString()} title=${fullMoment(time, language)}
            >${clockTime(time, language)}</time
          >${speaker && speaker.number !== remote.number ? html`<span><bdi>${nameOf(speaker, localize)}</bdi></span>` : nothing}
          <span class="number"
            >${plays ? `${formatDuration(Math.floor(playing.position))} / ${length}` : length}</span
          >
          ${running ? html`<span class="running">${localize.term('speakingNow')}</span>` : nothing}
        </span>
      </div>
      <button
        part="keep"
        class="act plain"
        type="button"
        aria-label=${keep}
        title=${keep}
        @click=${() => this.#onKeep(id)}
      >
        ${saveIcon}
      </button>`;
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

  readonly #onKeep = (id: string): void =>
    void this.#commands.run(async () => {
      this.#saved = '';
      const file = await this.#recall?.keep(id);
      if (file) this.#saved = this.#localize.term('utteranceKept', file.name);
    });
}
