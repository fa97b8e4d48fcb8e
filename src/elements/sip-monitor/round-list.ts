import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, query, state} from 'lit/decorators.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {SignOutController} from '../../controllers/sign-out-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Party} from '../../core/types.js';
import {SipError} from '../../errors.js';
import '../../locales/desk/rounds-en.js';
import '../../locales/monitor-en.js';
import {CAMERA} from '../../core/directory/people.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {focusOnce} from '../shared/focus.js';
import {playIcon} from '../shared/icons/controls.js';
import {xIcon} from '../shared/icons.js';
import {errorNotice} from '../shared/notice.js';
import {nameOf, titleOf} from '../shared/people/people.js';
import {PeopleField} from '../shared/people/people-field.js';
import {repeat} from '../shared/repeat.js';
import {form} from '../shared/styles/form.styles.js';
import {menuItems} from '../shared/styles/row-menu.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {toggleStyles} from '../shared/styles/toggle.styles.js';
import {pencilIcon} from './icons.js';
import {
  cleanRound,
  LONGEST_NAME,
  MOST_CAMERAS,
  SavedRounds,
  SECONDS,
  TILES,
  USUAL,
  type Round,
} from './rounds.js';

const NEW: Round = {name: '', cameras: [], ...USUAL};

/**
 * The rounds of cameras of an account: starts, changes and removes them, and makes new ones. The content of a popover.
 *
 * @fires {CustomEvent<Round>} start - The user starts a round.
 */
export class RoundListElement extends LitElement {
  static override styles = [
    inner,
    menuItems,
    form,
    toggleStyles,
    css`
      :host {
        display: block;
      }
      .row {
        display: flex;
        align-items: center;
        gap: var(--_space-1);
      }
      .item > span {
        display: grid;
        min-inline-size: 0;
      }
      .none {
        padding: var(--_space-2) var(--_space-3);
        font-size: var(--_text-s);
      }
      form {
        display: grid;
        gap: var(--_space-2);
        padding: var(--_space-3);
        border-block-start: 1px solid var(--_border);
      }
      .head {
        display: flex;
        justify-content: space-between;
        gap: var(--_space-2);
      }
      .input {
        block-size: max(var(--_small), 36px);
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space-1);
        max-block-size: 8rem;
        overflow-y: auto;
      }
      .chip {
        display: flex;
        align-items: center;
        max-inline-size: 100%;
        padding-inline-start: var(--_space-2);
        border-radius: var(--_radius-full);
        background: var(--_fill);
        font-size: var(--_text-s);
      }
      .chip button {
        display: grid;
        place-content: center;
        inline-size: 1.75rem;
        block-size: 1.75rem;
        border-radius: 50%;
      }
      .chip button:hover {
        background: var(--_fill-hover);
      }
      .chip .icon {
        inline-size: 0.875rem;
        block-size: 0.875rem;
      }
      .adds,
      .times,
      .saves {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space-2);
      }
      .times label {
        flex: 1 1 6rem;
        display: grid;
        gap: 0.125rem;
        font-size: var(--_text-s);
      }
      .saves {
        justify-content: flex-end;
      }
      .notice {
        margin: 0;
      }
      @media (pointer: coarse) {
        .toggle,
        .chip button {
          inline-size: 44px;
          block-size: 44px;
        }
        .input,
        .pill {
          block-size: 44px;
        }
      }
    `,
  ];

  @property({attribute: false}) client!: BaseClient;
  /** The round of the page. */
  @property({attribute: false}) own: Round | undefined;
  /** The numbers on the wall. */
  @property({attribute: false}) wall: readonly Party[] = [];

  @state() private draft = NEW;
  /** The name of the round that is changed; empty if a new one is made. */
  @state() private changed = '';
  #saved: SavedRounds | undefined;

  @query('[part=round-name]') private readonly nameField!: HTMLInputElement;
  @query('.item, [part=round-name]') private readonly first!: HTMLElement;
  @query('[part=round-seconds]') private readonly secondsField!: HTMLInputElement;

  readonly #localize = new LocalizeController(this);
  readonly #commands = new CommandController(this);
  readonly #field = new PeopleField(
    {
      host: this,
      localize: this.#localize,
      commands: this.#commands,
      client: () => this.client,
      group: 'group',
    },
    (people) => this.#add(people),
    'watchWho',
  );

  constructor() {
    super();
    new FocusKeeper(this, '[part=round-name]');
    new SignOutController(
      this,
      () => this.client,
      () => this.#forget(),
    );
  }

  /** Prepares what is shown, and moves the focus into it. */
  async open(): Promise<void> {
    this.#saved = new SavedRounds(this.client);
    this.requestUpdate();
    await this.updateComplete;
    focusOnce(this, this.first);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client') || !this.#saved) this.#saved = new SavedRounds(this.client);
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const saved = this.#saved!.all;
    const {own, draft} = this;
    const {error} = this.#commands;
    return html`<div part="round-list" role="list" aria-label=${localize.term('cameraRounds')}>
        ${own ? this.#renderRound(own, localize.term('pageRound'), false) : nothing}
        ${repeat(
          saved,
          ({name}) => name,
          (round) => this.#renderRound(round, round.name, true),
        )}
      </div>
      ${own || saved.length > 0 ? nothing : html`<p class="none quiet">${localize.term('noRounds')}</p>`}
      <form part="round-form" @submit=${this.#onSubmit}>
        <div class="head">
          <b class="line"
            >${this.changed ? localize.term('editRound', this.changed) : localize.term('newRound')}</b
          >
          <span class="quiet number"
            >${localize.term('camerasChosen', String(draft.cameras.length), String(MOST_CAMERAS))}</span
          >
        </div>
        <input
          part="round-name"
          class="input"
          dir="auto"
          autocomplete="off"
          maxlength=${LONGEST_NAME}
          aria-label=${localize.term('roundName')}
          placeholder=${localize.term('roundName')}
          .value=${draft.name}
          @input=${this.#onName}
        />
        <div part="round-cameras">${this.#field.render(() => {})}</div>
        ${draft.cameras.length > 0 ? this.#renderCameras() : nothing}
        <div class="adds">
          ${this.wall.length > 0 ? this.#renderAdd('addWallCameras', () => this.#add(this.wall)) : nothing}
          ${this.client.capabilities.directory ? this.#renderAdd('addAllCameras', this.#onAll) : nothing}
        </div>
        <div class="times">
          <label
            >${localize.term('roundTiles')}<select part="round-tiles" class="input" @change=${this.#onTiles}>
              ${TILES.map((each) => html`<option value=${each} ?selected=${each === draft.tiles}>${each}</option>`)}
            </select></label
          >
          <label
            >${localize.term('roundSeconds')}<input
              part="round-seconds"
              class="input"
              type="number"
              required
              min=${SECONDS.least}
              max=${SECONDS.most}
              .value=${String(draft.seconds)}
          /></label>
        </div>
        ${
          error
            ? errorNotice(error, this.client.options.server, {localize, onDismiss: this.#commands.dismiss})
            : nothing
        }
        <div class="saves">
          <button part="round-save" class="pill" type="submit" value="save">
            ${localize.term('saveRound')}
          </button>
          <button part="round-save-start" class="pill accent" type="submit" value="start">
            ${playIcon} ${localize.term('startWatching')}
          </button>
        </div>
      </form>`;
  }

  #renderRound(round: Round, name: string, isSaved: boolean): TemplateResult {
    const localize = this.#localize;
    const {cameras, tiles, seconds} = round;
    const summary = localize.listed([
      localize.term('cameraCount', String(cameras.length)),
      localize.term('roundPace', String(tiles), String(seconds)),
    ]);
    const edit = localize.term('editRound', name);
    const remove = localize.term('remove', name);
    return html`<div class="row" role="listitem">
      <button
        part="round-start"
        class="item"
        type="button"
        aria-label=${localize.explained(localize.term('startRound', name), summary)}
        @click=${() => this.#start(round)}
      >
        ${playIcon}<span><bdi class="line">${name}</bdi><small class="quiet">${summary}</small></span>
      </button>
      ${
        isSaved
          ? [
              commandButton(edit, pencilIcon, () => this.#edit(round), {
                part: 'round-edit',
                look: 'toggle quiet',
              }),
              commandButton(remove, xIcon, () => this.#remove(name), {
                part: 'round-remove',
                look: 'toggle quiet',
              }),
            ]
          : nothing
      }
    </div>`;
  }

  #renderCameras(): TemplateResult {
    const localize = this.#localize;
    return html`<div class="chips" role="list">
      ${repeat(
        this.draft.cameras,
        ({number}) => number,
        (party) => {
          const known = this.client.identify(party, {directory: true});
          const name = nameOf(known, localize);
          const remove = localize.term('remove', name);
          return html`<span class="chip" role="listitem" title=${titleOf(known, localize)}
            ><bdi class="line">${name}</bdi
            ><button type="button" aria-label=${remove} title=${remove} @click=${() => this.#drop(party)}>
              ${xIcon}
            </button></span
          >`;
        },
      )}
    </div>`;
  }

  #renderAdd(term: 'addWallCameras' | 'addAllCameras', onClick: () => void): TemplateResult {
    return html`<button class="pill" type="button" @click=${onClick}>${this.#localize.term(term)}</button>`;
  }

  /** Forgets the round that is made or changed. */
  #forget(): void {
    this.#commands.dismiss();
    this.#field.clear();
    this.changed = '';
    this.draft = NEW;
  }

  #add(people: readonly Party[]): void {
    const known = new Map([...this.draft.cameras, ...people].map((party) => [party.number, party]));
    const cameras = [...known.values()];
    if (cameras.length > MOST_CAMERAS)
      this.#commands.fail(new SipError('wall-full', {subject: String(MOST_CAMERAS)}));
    this.draft = {...this.draft, cameras: cameras.slice(0, MOST_CAMERAS)};
  }

  #drop({number}: Party): void {
    this.draft = {...this.draft, cameras: this.draft.cameras.filter((other) => other.number !== number)};
  }

  #edit(round: Round): void {
    this.#commands.dismiss();
    this.draft = round;
    this.changed = round.name;
    this.nameField.focus();
  }

  #remove(name: string): void {
    this.#saved?.remove(name);
    if (this.changed === name) this.changed = '';
    this.requestUpdate();
  }

  #start(round: Round): void {
    this.dispatchEvent(new CustomEvent('start', {detail: round}));
  }

  readonly #onName = ({target}: Event): void => {
    this.draft = {...this.draft, name: (target as HTMLInputElement).value};
  };

  readonly #onTiles = ({target}: Event): void => {
    this.draft = {...this.draft, tiles: Number((target as HTMLSelectElement).value)};
  };

  readonly #onAll = (): void => {
    void this.#commands.run(async () => this.#add(await this.client.directory.byType(CAMERA)));
  };

  /** Saves the round, and starts it; one without a name is only started. */
  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const starts = (event.submitter as HTMLButtonElement | null)?.value !== 'save';
    if (!this.#field.empty && !this.#field.take()) return;
    const round = cleanRound({...this.draft, seconds: this.secondsField.valueAsNumber});
    if (round.cameras.length === 0)
      return this.renderRoot.querySelector<HTMLElement>('[part=members-field]')?.focus();
    if (!round.name && !starts) return this.nameField.focus();
    if (round.name) this.#saved?.save(round, this.changed || undefined);
    this.#forget();
    if (starts) this.#start(round);
  };
}
