import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {guard} from 'lit/directives/guard.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {DayController} from '../../controllers/day-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {JournalCheck, JournalProblem} from '../../core/journal/journal-chain.js';
import type {Journal} from '../../core/journal/journal.js';
import type {JournalDraft} from '../../core/journal/journal-row.js';
import type {Utterance} from '../../core/recall/recall-state.js';
import '../../locales/desk/journal-en.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {searchField} from '../shared/fields/search-field.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {clockTime} from '../shared/history-time.js';
import {barButton, listBar} from '../shared/buttons/list-bar.js';
import {commandNotice, notice} from '../shared/notice.js';
import {repeat} from '../shared/repeat.js';
import {RowWindow} from '../shared/row-window.js';
import {panelStates} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {downloadIcon} from '../shared/icons/later.js';
import {scrollTextIcon, shieldCheckIcon} from './icons.js';
import {LazyModule} from '../shared/lazy-module.js';
import {xIcon} from '../shared/icons.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {filteredRows, JOURNAL_VIEWS, type JournalView} from './journal-filter.js';
import {journalPeople} from './journal-people.js';
import {journalRow, personChip, whoText} from './journal-row.js';
import {styles} from './journal-panel.styles.js';

/** The term that names the first row that is not right. */
const PROBLEMS = {
  changed: 'journalChanged',
  missing: 'journalMissing',
  order: 'journalMoved',
  truncated: 'journalTruncated',
  unreadable: 'journalUnreadable',
} as const satisfies Record<JournalProblem, string>;

/** What plays recordings: loaded with the first that is played. */
const player = new LazyModule(() => import('../shared/recordings/recorded-calls.js'));

const MINUTE = 60_000;
/** How far the beginning of what was heard is from the row that names it, at most, in milliseconds. */
const NEAR = 3_000;

/** The contents of a `<sip-journal>`. */
export class JournalPanelElement extends LitElement {
  static readonly parts =
    'panel, view, search, anyone, verify, csv, json, row, person, people, people-list, people-close, hear, play, player, player-close, save, note, note-form, note-field, note-add, note-cancel, notice';

  static override styles = [inner, panelStates, styles];

  /** The properties are those of `<sip-journal>`. */
  @property({attribute: false}) number = '';
  @property({attribute: false}) view = 'all';

  @query('[role=list]') private readonly box!: HTMLElement | null;
  @query('[part=note-field]') private readonly noteField!: HTMLInputElement | null;

  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #window = new RowWindow(this, () => this.#shown.length, '[part=row]');
  #opened: BaseClient | undefined;
  #journal: Journal | undefined;
  #text = '';
  #check: JournalCheck | undefined;
  /** The row that a note is written to. */
  #noted: JournalDraft | undefined;
  /** The row whose recording plays. */
  #played: JournalDraft | undefined;
  /** The ids of recordings by those of their calls. */
  #recordings: ReadonlyMap<string, string> = new Map();
  /** The roll call whose people are listed. */
  #called: JournalDraft | undefined;
  /** The button to which the focus returns: that of a note, or of the people, in the row that was opened last. */
  #opener = {id: '', part: 'note'};
  /** Moves the focus into the form of a note, or to the people, once they are drawn. */
  #focusOpened = false;
  /** The rows that are shown, the newest first, and what they were filtered from. */
  #shown: readonly JournalDraft[] = [];
  #filteredFrom: readonly unknown[] = [];
  #byId: ReadonlyMap<string, JournalDraft> = new Map();
  /** Rows whose names became known later; the same object as long as the names are the same. */
  readonly #rowsWithNames = new WeakMap<JournalDraft, JournalDraft>();

  constructor() {
    super();
    new StateController(this, () => [this.#client.client, this.#journal, this.#client.client?.recall]);
    new DayController(this);
    new FocusKeeper(this, () => () => this.#focusNext());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const {client} = this.#client;
    // A desk around may turn it on later.
    const wanted = client && hasJournal(client) ? client : undefined;
    if (wanted !== this.#opened) this.#open(wanted);
    if (changed.has('view') && !JOURNAL_VIEWS.some((view) => view === this.view)) this.view = 'all';
    this.#filter();
  }

  protected override updated(): void {
    this.#window.measure(this.box ?? undefined, {before: 0, after: 0});
    if (!this.#focusOpened) return;
    this.#focusOpened = false;
    (this.#called ? this.renderRoot.querySelector<HTMLElement>('.persons') : this.noteField)?.focus();
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const journal = this.#journal;
    return html`<div
      part="panel"
      class="card"
      role="group"
      tabindex="-1"
      aria-label=${localize.term('journal')}
    >
      ${journal ? this.#renderBar() : nothing} ${commandNotice(this.#commands, localize)}
      ${journal ? this.#renderNotices(journal) : nothing} ${this.#renderCheck()}
      ${journal ? this.#renderRows(journal) : this.#renderAbsence()} ${this.#renderNoteForm()}
      ${this.#called ? journalPeople({row: this.#named(this.#called), localize, onClose: this.#onClosePeople}) : nothing}
      ${this.#renderPlayer()}
    </div>`;
  }

  #renderBar(): TemplateResult {
    const localize = this.#localize;
    const {number} = this;
    const row = number
      ? this.#shown.find((each) => each.person === number || each.number === number)
      : undefined;
    const name = (row?.person === number ? row.personName : row?.name) || this.#nameOf(number) || number;
    return html`${listBar(
        html`<b class="line">${localize.term('journal')}</b>`,
        html`${barButton('verify', localize.term('journalVerify'), shieldCheckIcon, this.#onVerify)}
        ${(['csv', 'json'] as const).map((format) =>
          barButton(
            format,
            localize.term('journalExport', format.toUpperCase()),
            html`${downloadIcon}<span aria-hidden="true">${format.toUpperCase()}</span>`,
            () => this.#onExport(format),
          ),
        )}`,
      )}
      <div class="filters">
        <select part="view" class="view" aria-label=${localize.term('journalView')} @change=${this.#onView}>
          ${JOURNAL_VIEWS.map(
            (view) =>
              html`<option value=${view} ?selected=${view === this.view}>
                ${localize.term('journalViewName', view)}
              </option>`,
          )}
        </select>
        ${number ? personChip(name, localize, () => this.#onPerson('')) : nothing}
        ${searchField({label: localize.term('journalSearch'), text: this.#text, onSearch: this.#onSearch})}
      </div>`;
  }

  #renderNotices({state}: Journal): TemplateResult {
    const localize = this.#localize;
    const {error, sinkError, sent = 0, waiting, rows} = state;
    const unsent = (rows.at(-1)?.seq ?? 0) - sent;
    const count = String(waiting.length);
    return html`${
      error
        ? notice(localize.term(error === 'storage-full' ? 'journalFull' : 'journalRefused', count), {
            localize,
          })
        : nothing
    }${
      sinkError ? notice(localize.term('journalUnsent', String(unsent)), {localize, warns: true}) : nothing
    }`;
  }

  #renderCheck(): TemplateResult | typeof nothing {
    const check = this.#check;
    if (!check) return nothing;
    const localize = this.#localize;
    const {head, valid, problem, row} = check;
    const onDismiss = (): void => {
      this.#check = undefined;
      this.requestUpdate();
    };
    const text = valid
      ? localize.term('journalValid', String(head.count))
      : localize.term(PROBLEMS[problem ?? 'changed'], String(row));
    const more = head.hash ? html`<div><code>${head.hash}</code></div>` : nothing;
    return notice(text, {localize, onDismiss, informs: valid, links: nothing, more});
  }

  #renderAbsence(): TemplateResult {
    const localize = this.#localize;
    const {client} = this.#client;
    if (!client) return absenceNote(scrollTextIcon, this.#client, localize);
    if (!hasJournal(client)) return emptyNote(scrollTextIcon, localize.term('journalOff'));
    return html`<p class="hidden" aria-busy="true">${localize.term('loading')}</p>`;
  }

  #renderRows({state}: Journal): TemplateResult {
    const localize = this.#localize;
    const {client} = this.#client;
    const shown = this.#shown;
    if (!shown.length) {
      const any = state.rows.length || state.waiting.length;
      return emptyNote(scrollTextIcon, localize.term(any ? 'journalNoMatch' : 'journalEmpty'));
    }
    const {first, end} = this.#window.next();
    const now = Date.now();
    const day = new Date(now).toDateString();
    const utterances = client?.recall.utterances ?? [];
    const context = {
      now,
      localize,
      onNote: this.#onNote,
      onPerson: this.#onPerson,
      onPlay: this.#onPlay,
      onSave: this.#onSave,
      onHear: this.#onHear,
      onPeople: this.#onPeople,
    };
    return html`<div
      role="list"
      tabindex="0"
      aria-label=${localize.term('journal')}
      @scroll=${this.#window.onScroll}
    >
      <div class="before" role="none"></div>
      ${repeat(
        shown.slice(first, end),
        ({id}) => id,
        (row) => {
          const of = row.of === undefined ? undefined : this.#byId.get(row.of);
          const heard = saidAt(row, utterances) !== undefined;
          const waits = !('hash' in row);
          const recording = this.#recordingOf(row);
          const named = this.#named(row);
          const about = of && this.#named(of);
          return html`<div
            part="row"
            role="listitem"
            data-id=${row.id}
            aria-posinset=${shown.indexOf(row, first) + 1}
            aria-setsize=${shown.length}
          >
            ${guard(
              [named, about, heard, waits, recording, day, localize.lang(), localize.term('journal')],
              () => journalRow({...context, row: named, about, heard, waits, recording}),
            )}
          </div>`;
        },
      )}
      <div class="after" role="none"></div>
    </div>`;
  }

  /** The row with names for numbers that had none yet when it was written, as at the beginning of a call. */
  #named(row: JournalDraft): JournalDraft {
    const name = row.name || this.#nameOf(row.number);
    const personName = row.personName || this.#nameOf(row.person);
    const people = row.people?.map((person) =>
      person.name ? person : {...person, name: this.#nameOf(person.number)},
    );
    const isSame = (other: JournalDraft | undefined): boolean =>
      (other?.name ?? '') === name &&
      (other?.personName ?? '') === personName &&
      !people?.some((person, place) => person.name !== other?.people?.[place]?.name);
    if (isSame(row)) return row;
    const before = this.#rowsWithNames.get(row);
    if (before && isSame(before)) return before;
    const named = {...row, name, personName, ...(people && {people})};
    this.#rowsWithNames.set(row, named);
    return named;
  }

  /** The name of a number as it is known now; empty if it is not. */
  #nameOf(number: string | undefined, directory = true): string {
    const {client} = this.#client;
    return number && client ? client.identify({number, name: ''}, {directory}).name : '';
  }

  /** The id of the recording of a row: its own, or that of the call whose end it is. */
  #recordingOf({recording, kind, event, call = ''}: JournalDraft): string | undefined {
    return recording ?? (event === 'ended' && kind !== 'roll-call' ? this.#recordings.get(call) : undefined);
  }

  #renderPlayer(): TemplateResult | typeof nothing {
    const row = this.#played;
    const id = row && this.#recordingOf(row);
    if (!id) return nothing;
    const localize = this.#localize;
    const who = localize.isolated(whoText({row: this.#named(row), about: undefined, localize}));
    const label = localize.term('journalPlay', who, clockTime(row.time, localize.lang()));
    return html`<section class="playing" aria-label=${label}>
      ${player.load(this)?.recordingPlayer(this.#client.client?.recordings, id, label)}
      ${commandButton(localize.term('close'), xIcon, this.#onClosePlayer, {part: 'player-close', look: 'toggle'})}
    </section>`;
  }

  #renderNoteForm(): TemplateResult | typeof nothing {
    const row = this.#noted;
    if (!row) return nothing;
    const localize = this.#localize;
    const who = localize.isolated(whoText({row: this.#named(row), about: undefined, localize}));
    const label = localize.term('journalNoteFor', who, clockTime(row.time, localize.lang()));
    return html`<form
      part="note-form"
      class="note-form"
      @submit=${this.#onAddNote}
      @keydown=${this.#onNoteKey}
    >
      <label for="note">${label}</label>
      <input
        id="note"
        part="note-field"
        class="input"
        dir="auto"
        autocomplete="off"
        required
        maxlength="2000"
      />
      <button part="note-add" class="toggle" type="submit">${localize.term('journalAddNote')}</button>
      <button part="note-cancel" class="toggle" type="button" @click=${this.#onCloseNote}>
        ${localize.term('cancel')}
      </button>
    </form>`;
  }

  #open(client: BaseClient | undefined): void {
    this.#opened = client;
    this.#journal = this.#check = this.#noted = this.#called = this.#played = undefined;
    if (!client) return;
    void this.#commands.run(async () => {
      const journal = await client.openJournal();
      if (this.#opened === client) this.#journal = journal;
    });
  }

  /** Filters the rows again if they, or what is looked for, have changed. */
  #filter(): void {
    const {rows = [], waiting = []} = this.#journal?.state ?? {};
    const view = this.view as JournalView;
    const minute = view === 'hour' ? Math.floor(Date.now() / MINUTE) : 0;
    const from = [rows, waiting, view, this.number, this.#text, minute];
    if (from.every((each, index) => each === this.#filteredFrom[index])) return;
    if (rows !== this.#filteredFrom[0]) {
      this.#byId = new Map(rows.map((row) => [row.id, row]));
      this.#recordings = new Map(
        rows.flatMap(({call, recording}) => (call && recording ? [[call, recording]] : [])),
      );
    }
    this.#filteredFrom = from;
    // Another tab may have told of a row that this one has just written.
    const unwritten = waiting.filter(({id}) => !this.#byId.has(id));
    const all = unwritten.length ? [...rows, ...unwritten] : rows;
    // A search does not ask the directory for thousands of numbers.
    const nameOf = (of: string | undefined): string => this.#nameOf(of, false);
    const filter = {view, number: this.number, text: this.#text, nameOf};
    this.#shown = filteredRows(all, filter, Date.now());
  }

  readonly #onView = ({target}: Event): void => void (this.view = (target as HTMLSelectElement).value);

  readonly #onSearch = (text: string): void => {
    this.#text = text;
    this.requestUpdate();
  };

  readonly #onPerson = (number: string): void => void (this.number = number);

  readonly #onVerify = (): void =>
    void this.#commands.run(async () => {
      this.#check = await this.#journal?.verify();
    });

  readonly #onExport = (format: 'csv' | 'json'): void =>
    void this.#commands.run(async () => this.#download(await this.#journal?.export(format)));

  readonly #onSave = (recording: string): void =>
    void this.#commands.run(async () => this.#download(await this.#client.client?.recordings.get(recording)));

  readonly #onPlay = (row: JournalDraft): void => {
    this.#played = this.#played === row ? undefined : row;
    this.#opener = {id: row.id, part: 'play'};
    this.requestUpdate();
  };

  readonly #onClosePlayer = (): void => {
    this.#played = undefined;
    this.requestUpdate();
  };

  readonly #onHear = (row: JournalDraft): void =>
    void this.#commands.run(async () => {
      const recall = this.#client.client?.recall;
      const said = saidAt(row, recall?.utterances ?? []);
      if (said) await recall?.play(said.id);
    });

  readonly #onNote = (row: JournalDraft): void => {
    this.#called = undefined;
    this.#noted = row;
    this.#opener = {id: row.id, part: 'note'};
    this.#focusOpened = true;
    this.requestUpdate();
  };

  readonly #onPeople = (row: JournalDraft): void => {
    if (this.#called === row) return this.#onClosePeople();
    this.#noted = undefined;
    this.#called = row;
    this.#opener = {id: row.id, part: 'people'};
    this.#focusOpened = true;
    this.requestUpdate();
  };

  readonly #onClosePeople = (): void => {
    this.#called = undefined;
    this.requestUpdate();
  };

  readonly #onCloseNote = (): void => {
    this.#noted = undefined;
    this.requestUpdate();
  };

  readonly #onNoteKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    this.#onCloseNote();
  };

  readonly #onAddNote = (event: SubmitEvent): void => {
    event.preventDefault();
    const [row, text] = [this.#noted, this.noteField?.value ?? ''];
    void this.#commands.run(async () => {
      if (row) this.#journal?.note(row.id, text);
      this.#onCloseNote();
    });
  };

  /** Where the focus continues: at the row whose note was written, or whose people were listed, or else in the search field. */
  #focusNext(): HTMLElement | null {
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('[part=row]')];
    const {id, part} = this.#opener;
    const opened = rows.find(({dataset}) => dataset['id'] === id);
    return (
      opened?.querySelector<HTMLElement>(`[part=${part}]`) ??
      this.renderRoot.querySelector<HTMLElement>('[part=search]')
    );
  }

  async #download(file: File | undefined): Promise<void> {
    if (!file) return;
    const {download} = await import('../../media/recording/download.js');
    download(file, file.name);
  }
}

/** Whether the page, or the desk around, wants a journal. */
function hasJournal({journalStorage = 'none'}: BaseClient): boolean {
  return journalStorage !== 'none';
}

/** Returns what was said when a party had the floor, if it can still be heard again. */
function saidAt(
  {event, call, time, duration = 0}: JournalDraft,
  utterances: readonly Utterance[],
): Utterance | undefined {
  if (event !== 'floor' && event !== 'floor-ended') return undefined;
  const began = time - duration * 1_000;
  return utterances.find((said) => said.call === call && Math.abs(said.time - began) < NEAR);
}
