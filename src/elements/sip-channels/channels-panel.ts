import {ContextProvider} from '@lit/context';
import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {commandsContext} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import {isUrgent} from '../../core/call-kinds.js';
import {isActive, isWaiting} from '../../core/call/newest-call.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import {isIntercom, runningIntercom} from '../../core/intercom/is-intercom.js';
import {speakTo} from '../../core/intercom/talk.js';
import {TalkGroup, type TalkActivity} from '../../core/intercom/talk-group.js';
import type {Party} from '../../core/types.js';
import {durations} from '../../durations/page.js';
import {SipError, toSipError} from '../../errors.js';
import '../../locales/channels-en.js';
import '../../locales/intercom-en.js';
import '../../locales/call/call-sound-en.js';
import {warningNotice} from '../shared/calls/call-warning.js';
import {defineInner} from '../shared/define-inner.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {micIcon} from '../shared/icons/controls.js';
import {keyboardIcon, radioIcon} from '../shared/icons/later.js';
import {volume2Icon} from '../shared/icons.js';
import {barButton, listBar} from '../shared/buttons/list-bar.js';
import {errorNotice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';
import {
  isRegistered,
  registrationNotice,
  registrationStatus,
  unregisteredReason,
} from '../shared/registration.js';
import {repeat} from '../shared/repeat.js';
import {isTyping, normalizeShortcut} from '../shared/shortcuts.js';
import {listPanel, panelStates} from '../shared/styles/list-panel.styles.js';
import {registrationStyles} from '../shared/styles/registration.styles.js';
import {menuBox} from '../shared/styles/row-menu.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {HoldToTalk} from '../shared/talk/hold-to-talk.js';
import {joinGroup} from '../shared/talk/join-group.js';
import {TALK_DEVICES_PARTS, TalkDevicesController} from '../shared/talk/talk-devices-controller.js';
import {PagesController} from '../shared/tiles/pages-controller.js';
import {placeText, TileArranger} from '../shared/tiles/tile-arranger.js';
import type {PageTab, TilePagesElement} from '../shared/tiles/tile-pages.js';
import {ChannelTileElement} from './channel-tile.js';
import {styles} from './channels-panel.styles.js';
import {GroupMemory, type GroupPage} from './group-memory.js';
import {GROUP_SOUNDS_PARTS, GroupSoundsControl} from './group-sounds-control.js';
import {MOST, writtenGroups, type WrittenGroups} from './groups.js';
import {layersIcon, moveIcon} from './icons.js';
import {endedText, refusalText} from './refusal-text.js';
import {signsOf} from './page-signs.js';

/** A page of groups. */
interface PageView extends PageTab {
  readonly groups: readonly TalkGroup[];
}

/** Returns the temporary groups that run, the first of them if there are many: they have a tile as long as they do. */
function quickGroups(calls: readonly SipCall[]): readonly Party[] {
  const running = calls.filter(
    (call) => call.type === 'temporary-intercom' && call.remote.number && !isWaiting(call),
  );
  return running.slice(0, MOST / 2).map(({remote}) => remote);
}

/** The question mark, as Latin, Arabic and Chinese keyboards type it. */
const QUESTION_MARKS = ['?', '؟', '？'];

/**
 * The contents of a `<sip-channels>`: the tiles of the groups, and the button that speaks to those that are selected.
 *
 * @fires {CustomEvent<string>} select - The user changed the selection: its numbers, separated by commas.
 * @fires {CustomEvent} sound - The user wants the sound turned on.
 */
export class ChannelsPanelElement extends LitElement {
  static readonly parts = [
    'panel, tiles, talk, refusals, hint, join-all, arrange, page-add, keys, key-list, sound, notice, retry, undo',
    TALK_DEVICES_PARTS,
    GROUP_SOUNDS_PARTS,
    PagesController.parts,
    ChannelTileElement.parts,
  ].join();

  static override styles = [inner, listPanel, panelStates, registrationStyles, menuBox, styles];

  /** The properties are those of `<sip-channels>`. */
  @property({attribute: false}) groups: WrittenGroups = '';
  @property({attribute: false}) selected: readonly string[] = [];
  @property({attribute: false}) pushKey = '';
  @property({attribute: false}) groupKeys: readonly string[] = [];
  @property({attribute: false}) pressToToggle = false;
  @property({attribute: false}) autojoin = false;
  @property({attribute: false}) heardByCalls = false;
  @property({attribute: false}) silent = false;
  @property({attribute: false}) scan = false;

  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  /** The groups by their numbers, in the order in which they are given. */
  #talkGroups = new Map<string, TalkGroup>();
  /** The groups of the directory, if the page names none. */
  #directory: readonly Party[] = [];
  /** How the user has arranged the groups. */
  #memory: GroupMemory | undefined;
  readonly #pages = new PagesController<GroupPage>(this, this.#localize, () => this.#memory?.pages ?? []);
  /** Whether the tabs of the pages are loaded. Without them, all groups are in view. */
  #tabs: 'unused' | 'loading' | 'ready' | 'failed' = 'unused';
  /** The client whose directory was asked. */
  #asked: BaseClient | undefined;
  /** Settles once the directory has answered. */
  #reading: Promise<void> | undefined;
  #directoryError: SipError | undefined;
  #registered = false;
  /** The groups that are being joined, those that cannot be joined, and those that were joined by themselves. */
  readonly #joining = new Map<string, Promise<void>>();
  readonly #failures = new Map<string, SipError>();
  readonly #autojoined = new Set<string>();
  /** The groups that the user speaks to, or spoke to last. */
  #spoken: readonly TalkGroup[] = [];
  /** The groups that the held button speaks to. */
  #held: readonly TalkGroup[] = [];
  /** The groups to which a device was pressed that cannot be spoken to. */
  #unreached: readonly string[] = [];
  #end: (() => void) | undefined;
  /** What each group did at the last update. */
  #activities = new Map<string, TalkActivity>();
  #announcement = '';
  readonly #hold = new HoldToTalk(this, {
    pushKey: () => this.pushKey,
    toggles: () => this.pressToToggle,
    ready: () => this.#talkable.length > 0,
    heard: () => false,
    onHold: () => {
      this.#held = this.#talkable;
      this.#end = this.#speak(this.#chosen, () => this.#hold.releasePress());
    },
    onRelease: () => this.#end?.(),
  });
  readonly #devices = new TalkDevicesController(this, {
    client: () => this.#client.client,
    held: (target) => (target ? this.#tileOf(target) : this.#hold),
    onPress: (target) => this.#onDevicePress(target),
  });
  readonly #sounds = new GroupSoundsControl(this, {
    localize: this.#localize,
    client: () => this.#client.client,
    groups: (number) => (number ? this.#talkableOf([number]) : this.#talkable),
    nameOf: ({number}) => this.#nameOf(number),
    onPlay: (groups) => this.#noteSpoken(groups),
    onFailure: (group, error) => {
      // The panel of the sounds shows any other error.
      if (group.state.refusal === error) this.#onFailure(group, error);
    },
  });
  readonly #arranger = new TileArranger(this, {
    tiles: () => this.#tiles.filter(({hidden}) => !hidden),
    idOf: ({party}) => party.number,
    isOfTile: isOfFace,
    pageAt: (x, y) => (this.#isPaged ? (this.#pagesElement?.pageAt(x, y) ?? '') : ''),
    onMove: (numbers, moved) => this.#onMove(numbers, moved),
    onMoveToPage: (moved, page) => this.#moveToPage(moved, page),
  });
  #listening: AbortController | undefined;

  constructor() {
    super();
    new StateController(this, () => [
      this.#client.client,
      ...(this.#client.client?.state.calls ?? []),
      ...this.#talkGroups.values(),
      this.#sounds.sounds,
    ]);
    new ContextProvider(this, {context: commandsContext, initialValue: this.#commands});
    new FocusKeeper(this, () => () => this.#entrance);
  }

  /** The intercoms of the groups. */
  get intercoms(): readonly SipIntercom[] {
    const {calls = []} = this.#client.client?.state ?? {};
    return this.#parties.flatMap(({number}) => runningIntercom(calls, number) ?? []);
  }

  /** Joins the groups that are not joined. @throws {SipError} */
  async join(): Promise<void> {
    await this.updateComplete;
    const {client} = this.#client;
    if (!client) throw new SipError('not-connected', {subject: 'join'});
    await this.#reading;
    await this.updateComplete;
    if (this.#talkGroups.size === 0) {
      if (this.#directoryError) throw this.#directoryError;
      if (!isRegistered(client)) throw new SipError('not-registered', {subject: 'join'});
    }
    const joined = await Promise.allSettled(this.#absent.map(({number}) => this.#join(number)));
    const refused = joined.find((each) => each.status === 'rejected');
    if (refused) throw toSipError(refused.reason);
  }

  override focus(options?: FocusOptions): void {
    this.#entrance?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const {signal} = (this.#listening = new AbortController());
    window.addEventListener('keydown', this.#onKeydown, {signal});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening?.abort();
    for (const group of this.#talkGroups.values()) this.#abandon(group);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const {client: current} = this.#client;
    if (current && current !== this.#memory?.client) this.#forget(current);
    const registered = isRegistered(current);
    if (changed.has('groups') || (registered && !this.#registered)) this.#asked = undefined;
    if (registered && !this.#registered)
      for (const number of this.#failures.keys()) this.#autojoined.delete(number);
    this.#registered = registered;
    this.#readDirectory();
    const {calls = []} = this.#client.client?.state ?? {};
    const before = this.#talkGroups;
    this.#talkGroups = new Map(
      this.#parties.map(({number}) => [number, before.get(number) ?? new TalkGroup(number)]),
    );
    for (const [number, group] of before) if (!this.#talkGroups.has(number)) this.#abandon(group);
    if (this.isConnected)
      for (const group of this.#talkGroups.values()) group.follow(runningIntercom(calls, group.number));
    this.#followActivities();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const {client} = this.#client;
    if (this.scan || changed.get('scan')) this.#prioritize();
    if (this.#tabs === 'unused' && (this.#memory?.pages.length ?? 1) > 1) void this.#loadTabs();
    if (!this.autojoin || !isRegistered(client)) return;
    const absent = this.#absent.filter(({number}) => !this.#autojoined.has(number));
    if (absent.length === 0) return;
    for (const {number} of absent) this.#autojoined.add(number);
    this.#joinEach(absent);
  }

  protected override render(): TemplateResult {
    const {client} = this.#client;
    const localize = this.#localize;
    return html`<div
      part="panel"
      class="card"
      role="group"
      tabindex="-1"
      aria-label=${localize.term('talkGroups')}
    >
      <div class="hidden" role="status">${this.#announcement}</div>
      ${client ? this.#renderWith(client) : absenceNote(radioIcon, this.#client, localize)}
    </div>`;
  }

  get #entrance(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('sip-channel-tile:not([hidden]), .card');
  }

  /** The groups shown, with their names. */
  get #parties(): readonly Party[] {
    const {client} = this.#client;
    const written = writtenGroups(this.groups);
    const {calls = []} = client?.state ?? {};
    const parties = written.length > 0 ? written : this.#directory;
    const quick = quickGroups(calls).filter(({number}) => !parties.some((party) => party.number === number));
    return [...parties.slice(0, MOST - quick.length), ...quick].map(({number, name}) => {
      const remote = runningIntercom(calls, number)?.remote;
      const known = client?.identify({number, name}) ?? {number, name};
      return name ? {number, name} : remote?.name ? remote : known;
    });
  }

  /** The client that the groups belong to. */
  get #known(): BaseClient | undefined {
    return this.#memory?.client;
  }

  /** The groups that are not joined. */
  get #absent(): readonly TalkGroup[] {
    return [...this.#talkGroups.values()].filter(({intercom}) => !intercom);
  }

  /** The groups that the user has selected. */
  get #chosen(): readonly TalkGroup[] {
    return this.selected.flatMap((number) => this.#talkGroups.get(number) ?? []);
  }

  /** Those of them that can be spoken to. */
  get #talkable(): readonly TalkGroup[] {
    return this.#talkableOf(this.selected);
  }

  #talkableOf(numbers: readonly string[]): readonly TalkGroup[] {
    return numbers.flatMap((number) =>
      this.#isTalkable(number) ? (this.#talkGroups.get(number) ?? []) : [],
    );
  }

  #isTalkable(number: string): boolean {
    const connected = this.#client.client?.state.connection === 'connected';
    return connected && !!this.#talkGroups.get(number)?.talkable;
  }

  #renderWith(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const {connection} = client.state;
    const {size} = this.#talkGroups;
    if (connection === 'connected' && !client.capabilities.intercom)
      return emptyNote(radioIcon, localize.term('noIntercoms'));
    return html`${this.#renderBar(client)}
    ${
      size === 0
        ? this.#renderNoGroups(client)
        : html`<div class="desk">${this.#renderPages()} ${this.#renderTalk(client)}</div>`
    }
    ${this.#pages.renderUndo()} ${this.#renderWarning()}
    ${registrationNotice(client, localize, this.#commands)}`;
  }

  /** The pages with their tiles; those of the others are hidden, and are heard and spoken to by their keys all the same. */
  #renderPages(): TemplateResult {
    const pages = this.#pageViews;
    const arranger = this.#arranger;
    const shown = pages.find(({id}) => id === this.#pages.shown?.id)!;
    const parties = this.#parties;
    const tiles = html`<div
        part="tiles"
        class="tiles ${arranger.arranging ? 'arranging' : ''}"
        role="list"
        aria-label=${this.#localize.term('talkGroups')}
        ?hidden=${shown.groups.length === 0}
        @pointerdown=${arranger.onPointerdown}
        @keydown=${arranger.onKeydown}
      >
        ${repeat(
          this.#memory?.sorted(parties) ?? parties,
          ({number}) => number,
          (party) => this.#renderTile(party, pages, shown),
        )}
      </div>
      ${
        shown.groups.length === 0
          ? emptyNote(layersIcon, this.#localize.term('pageEmptyHint'), this.#localize.term('pageEmpty'))
          : nothing
      }`;
    return this.#pages.render(
      {
        tabs: pages,
        arranger,
        onShow: (id) => this.#pages.show(id),
        onRename: (id, name) => this.#onRenamePage(id, name),
        onRemove: () => this.#onRemovePage(shown),
      },
      tiles,
    );
  }

  /** The pages with what happens in their groups; one page if the user has made none. */
  get #pageViews(): readonly PageView[] {
    const memory = this.#memory;
    const groups = [...this.#talkGroups.values()];
    return (memory?.pages ?? []).map((page) => {
      const own = groups.filter(({number}) => memory!.pageOf(number).id === page.id);
      return {
        id: page.id,
        name: page.name,
        title: this.#pages.titleOf(page),
        groups: own,
        selected: own.filter(({number}) => this.selected.includes(number)).length,
        signs: signsOf(
          own,
          own.map((group) => this.#alarmOf(group)).find((alarm) => alarm !== undefined),
          this.#localize,
        ),
      };
    });
  }

  #renderNoGroups(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const retry = (): void => {
      this.#asked = undefined;
      this.requestUpdate();
    };
    if (this.#directoryError)
      return errorNotice(this.#directoryError, undefined, {
        localize,
        links: html`<button part="retry" class="link" type="button" @click=${retry}>
          ${localize.term('tryAgain')}
        </button>`,
      });
    const missing = localize.term(this.#reading ? 'loading' : 'noTalkGroups');
    return emptyNote(radioIcon, unregisteredReason(client, localize) ?? missing);
  }

  /** Renders why the groups do not hear the user, or the user does not hear them. */
  #renderWarning(): TemplateResult | typeof nothing {
    const warned = this.intercoms.filter(({state}) => state.warning);
    const [first, ...others] = warned;
    if (!first?.state.warning) return nothing;
    return warningNotice(first, first.state.warning, {
      localize: this.#localize,
      commands: this.#commands,
      others,
    });
  }

  #renderBar(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const groups = [...this.#talkGroups.values()];
    const ready = isRegistered(client);
    const absent = groups.some(({intercom, number}) => !intercom && !this.#joining.has(number));
    const blocked = groups.some(({intercom}) => intercom?.state.soundBlocked);
    const turnOn = (): void => void this.dispatchEvent(new CustomEvent('sound'));
    const text = (words: string): TemplateResult => html`<span class="wide">${words}</span>`;
    const join = localize.term('joinAll');
    const sound = localize.term('soundOn');
    return listBar(
      html`<b class="line">${localize.term('talkGroups')}</b>
        ${ready ? nothing : registrationStatus(client, localize, this.#commands, this)}`,
      html`${
        ready && absent
          ? barButton('join-all', join, html`${radioIcon}<span>${join}</span>`, () =>
              this.#joinEach(this.#absent),
            )
          : nothing
      }
      ${
        (this.silent || blocked) && groups.some(({intercom}) => intercom)
          ? barButton('sound', sound, html`${volume2Icon}${text(sound)}`, turnOn)
          : nothing
      }
      ${groups.length > 1 ? this.#renderArrange() : nothing} ${this.#renderKeys()}`,
    );
  }

  #renderArrange(): TemplateResult {
    const localize = this.#localize;
    const {arranging: pressed, toggle} = this.#arranger;
    return html`${pressed ? this.#pages.renderAdd(() => void this.#onAddPage()) : nothing}
    ${barButton('arrange', localize.term('moveTiles'), moveIcon, toggle, {pressed})}`;
  }

  /** The keys, and what they do. */
  #renderKeys(): TemplateResult {
    const localize = this.#localize;
    const label = localize.term('talkKeys');
    const row = (key: string, text: string): TemplateResult | typeof nothing =>
      key
        ? html`<div class="row">
            <dt><kbd class="key">${key}</kbd></dt>
            <dd>${text}</dd>
          </div>`
        : nothing;
    return html`<button
        part="keys"
        class="toggle"
        type="button"
        popovertarget="keys"
        aria-label=${label}
        title=${label}
      >
        ${keyboardIcon}
      </button>
      <div
        id="keys"
        part="key-list"
        class="menu"
        popover
        role="group"
        tabindex="0"
        aria-label=${label}
        @toggle=${({newState}: ToggleEvent) => newState === 'closed' && this.#devices.stopLearning()}
      >
        <dl>
          ${row(normalizeShortcut(this.pushKey), localize.term('keyOfSelection'))}
          ${this.#parties.map((party, index) =>
            row(normalizeShortcut(this.groupKeys[index] ?? ''), nameOf(party, localize)),
          )}
          ${this.#parties.length > 1 ? row('Alt+← ↑ ↓ →', localize.term('keyOfMove')) : nothing}
          ${row('?', localize.term('keyOfKeys'))}
        </dl>
        <p class="quiet">${localize.term(this.pressToToggle ? 'keyPressHint' : 'keyHint')}</p>
        ${this.#devices.render({
          localize,
          commands: this.#commands,
          groups: this.#parties,
          anyGroup: localize.term('selectedGroups'),
        })}
      </div>`;
  }

  async #loadTools(): Promise<void> {
    defineInner((await import('./tools.js')).inner);
  }

  #renderTile(party: Party, pages: readonly PageView[], shown: PageView): TemplateResult {
    const arranger = this.#arranger;
    // A group keeps its key wherever its tile is.
    const index = [...this.#talkGroups.keys()].indexOf(party.number);
    const group = this.#talkGroups.get(party.number)!;
    const otherPages = pages.filter(({groups}) => !groups.includes(group));
    return html`<sip-channel-tile
      role="listitem"
      ?hidden=${this.#tabs !== 'failed' && !shown.groups.includes(group)}
      class=${arranger.classOf(party.number)}
      exportparts=${ChannelTileElement.parts}
      .group=${group}
      .party=${party}
      .selected=${this.selected.includes(party.number)}
      .joining=${this.#joining.has(party.number)}
      .alarm=${this.#alarmOf(group)}
      .pushKey=${this.groupKeys[index] ?? ''}
      .pressToToggle=${this.pressToToggle}
      .dragging=${arranger.arranging}
      .silent=${this.silent}
      .priority=${this.scan ? this.#hasPriority(party.number) : undefined}
      .otherPages=${otherPages}
      .speak=${(group: TalkGroup, onOver: () => void) => this.#speak([group], onOver)}
      @sounds=${() => this.#sounds.open(party.number)}
      @page=${({detail}: CustomEvent<string>) => this.#moveToPage(party.number, detail)}
      @press=${() => this.#onPress(group)}
      @priority=${({detail}: CustomEvent<boolean>) => this.#setPriority(party.number, detail)}
    ></sip-channel-tile>`;
  }

  #renderTalk(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const hold = this.#hold;
    const {held} = hold;
    const talkable = this.#talkable;
    // Another tile may be held meanwhile, and the selection change: the button says who hears the user by its hold.
    const does = (activity: TalkActivity): boolean =>
      held && this.#held.some(({state}) => state.activity === activity);
    const speaks = does('speaking');
    const asks = !speaks && does('waiting');
    const key = normalizeShortcut(hold.key);
    const ready = talkable.length > 0;
    const count = (held ? this.#held : ready ? talkable : this.#chosen).length;
    const label = count ? localize.term('talkToGroups', String(count)) : localize.term('selectGroups');
    const ends = hold.pressed ? 'press' : 'release';
    const action = speaks
      ? localize.term(`${ends}ToStop`)
      : asks
        ? localize.term(`${ends}ToCancel`)
        : this.#howToTalk(key);
    return html`<div class="side">
      <div class="spoken">
        <button
          part="talk"
          class="push ${speaks ? 'speaks' : asks ? 'asks' : ''}"
          type="button"
          aria-describedby="hint"
          aria-disabled=${ready ? nothing : 'true'}
          aria-pressed=${this.pressToToggle ? String(held) : nothing}
          aria-keyshortcuts=${key || nothing}
          @pointerdown=${hold.onPointerdown}
          @keydown=${hold.onKeydown}
          @blur=${hold.onBlur}
          @click=${hold.onClick}
          @contextmenu=${(event: Event) => event.preventDefault()}
        >
          ${micIcon}<span class="label">${label}</span>
          ${this.#renderElsewhere(held ? this.#held : ready ? talkable : this.#chosen)}
          <span class="action">${ready ? action : this.#whySilent()}</span>
        </button>
        ${this.#sounds.button()}
      </div>
      ${this.#sounds.panel()} ${this.#renderRefusals()}
      <p id="hint" part="hint" class="quiet hint">${localize.sentences(this.#hints(client))}</p>
    </div>`;
  }

  /** Renders how many of the groups of the button are on pages that are not in view. */
  #renderElsewhere(groups: readonly TalkGroup[]): TemplateResult | typeof nothing {
    const memory = this.#memory;
    if (!memory || memory.pages.length < 2) return nothing;
    const {shown} = this.#pages;
    const elsewhere = groups.filter(({number}) => memory.pageOf(number) !== shown).length;
    return html`<span class="action elsewhere"
      >${elsewhere ? this.#localize.term('groupsElsewhere', String(elsewhere)) : nothing}</span
    >`;
  }

  /** Returns why the user cannot speak to the groups that are selected. */
  #whySilent(): string {
    const reasons = this.#chosen.map(({number}) => this.#whyUnreached(number));
    return this.#localize.listed([...new Set(reasons)]);
  }

  /** Returns why the user cannot speak to a group. */
  #whyUnreached(number: string): string {
    const localize = this.#localize;
    const {connection} = this.#client.client?.state ?? {};
    if (connection && connection !== 'connected') return localize.term(connection);
    const group = this.#talkGroups.get(number);
    if (group?.state.activity === 'joining' || this.#joining.has(number)) return localize.term('joining');
    if (!group?.intercom) return localize.term('groupAbsent');
    return localize.term(group.state.listenOnly ? 'listenOnly' : 'notHeard');
  }

  #howToTalk(key: string): string {
    const localize = this.#localize;
    if (this.pressToToggle) return key ? localize.term('pressKeyHint', key) : localize.term('pressToTalk');
    return key ? localize.term('holdKeyHint', key) : localize.term('holdToTalk');
  }

  #hints(client: BaseClient): readonly string[] {
    const localize = this.#localize;
    const calls = client.state.calls.some((call) => !isIntercom(call) && isActive(call));
    return [
      localize.term(
        this.#arranger.arranging
          ? (this.#memory?.pages.length ?? 1) > 1
            ? 'movePageHint'
            : 'moveHint'
          : this.pressToToggle
            ? 'tilePressHint'
            : 'tileHint',
      ),
      calls ? localize.term(this.heardByCalls ? 'callsHear' : 'callsUnheard') : '',
    ];
  }

  /** Names each group that does not hear the user or cannot be joined, and why. */
  #renderRefusals(): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const refused = this.#spoken.filter(
      ({state, intercom}) => state.refusal ?? (this.#hold.held && !intercom),
    );
    const missing = this.#absent.filter(
      ({number}) => this.#failures.has(number) && !this.#joining.has(number),
    );
    const unreached = this.#unreached.filter((number) => !this.#isTalkable(number));
    const numbers = new Set([...[...refused, ...missing].map(({number}) => number), ...unreached]);
    if (numbers.size === 0) return nothing;
    return html`<div part="refusals" class="refusals" role="alert">
      <ul>
        ${[...numbers].map((number) => {
          const refusal = this.#talkGroups.get(number)?.state.refusal ?? this.#failures.get(number);
          const why = refusal ? refusalText(refusal, localize) : this.#whyUnreached(number);
          return html`<li>${localize.explained(localize.isolated(this.#nameOf(number)), why)}</li>`;
        })}
      </ul>
    </div>`;
  }

  #hasPriority(number: string): boolean {
    return this.scan && !!this.#memory?.hasPriority(number);
  }

  #setPriority(number: string, priority: boolean): void {
    this.#memory?.setPriority(number, priority);
    this.requestUpdate();
  }

  /** Lets the groups that have priority lower all others while they are heard. */
  #prioritize(): void {
    for (const {number, intercom} of this.#talkGroups.values()) {
      const priority = this.#hasPriority(number);
      if (intercom && intercom.state.sound.priority !== priority) void intercom.setPriority(priority);
    }
  }

  /** Follows a group no longer; where nobody sees its priority, it has none. */
  #abandon(group: TalkGroup): void {
    const {intercom} = group;
    if (this.scan && intercom?.state.sound.priority) void intercom.setPriority(false);
    group.follow(undefined);
  }

  get #tiles(): readonly ChannelTileElement[] {
    return [...this.renderRoot.querySelectorAll<ChannelTileElement>('sip-channel-tile')];
  }

  #tileOf(number: string): ChannelTileElement | undefined {
    return this.#tiles.find(({party}) => party.number === number);
  }

  #nameOf(number: string): string {
    const party = this.#parties.find((each) => each.number === number);
    return nameOf(party ?? {number, name: ''}, this.#localize);
  }

  /** The SOS call of the group, or of one of its members; otherwise the urgent one. */
  #alarmOf({number, intercom}: TalkGroup): SipCall | undefined {
    const members = intercom?.state.groupMembers?.map((member) => member.number) ?? [];
    const {calls = []} = this.#client.client?.state ?? {};
    const urgent = calls.filter(
      ({type, direction, remote, state}) =>
        isUrgent(type) &&
        direction === 'incoming' &&
        state.phase !== 'released' &&
        (remote.number === number || members.includes(remote.number)),
    );
    return urgent.find(({type}) => type === 'sos') ?? urgent[0];
  }

  /** Plays a tone when the user begins and ceases to be heard, or is refused; announces who speaks in which group. */
  #followActivities(): void {
    const before = this.#activities;
    this.#activities = new Map(
      [...this.#talkGroups.values()].map(({number, state}) => [number, state.activity]),
    );
    const had = (activity: TalkActivity): boolean => [...before.values()].includes(activity);
    const has = (activity: TalkActivity): boolean => [...this.#activities.values()].includes(activity);
    const began = (activity: TalkActivity): readonly TalkGroup[] =>
      [...this.#talkGroups.values()].filter(
        ({number, state}) => state.activity === activity && before.get(number) !== activity,
      );
    if (has('speaking') && !had('speaking')) this.#playCue('granted');
    else if (began('refused').length > 0) this.#playCue('denied');
    else if (had('speaking') && !has('speaking')) this.#playCue('ended');
    const ended = began('absent').filter(({state}) => state.ended);
    if (this.autojoin) for (const group of ended) this.#joinLater(group);
    // Others would hear what is announced.
    if (has('speaking')) return;
    const localize = this.#localize;
    for (const {number, intercom} of began('receiving')) {
      const speaker = intercom?.state.speaker;
      const who = speaker
        ? localize.term('speaks', nameOf(intercom.identify(speaker), localize))
        : localize.term('somebodySpeaks');
      this.#announcement = localize.explained(this.#nameOf(number), who);
    }
    for (const {number, state} of ended)
      this.#announcement = localize.explained(this.#nameOf(number), endedText(state.ended!, localize));
  }

  #playCue(name: 'granted' | 'denied' | 'ended'): void {
    void this.#client.client?.ringer.playCue(name);
  }

  /** Names from now on those of these groups that do not hear the user. */
  #noteSpoken(groups: readonly TalkGroup[]): void {
    this.#spoken = groups;
    this.#unreached = [];
    this.#commands.dismiss();
    this.requestUpdate();
  }

  /** Speaks to groups until the returned function is called. */
  readonly #speak = (groups: readonly TalkGroup[], onOver?: () => void): (() => void) => {
    this.#noteSpoken(groups);
    return speakTo(groups, {
      unheardBy: this.heardByCalls ? undefined : this.#client.client,
      onFailure: this.#onFailure,
      ...(onOver && {onOver}),
    });
  };

  /** Says why nobody hears the user, who may look at the pedal, not at the tiles. */
  #onDevicePress(target: string): void {
    const numbers = target ? [target] : this.selected;
    if (numbers.some((number) => this.#isTalkable(number))) return;
    this.#unreached = numbers;
    this.#playCue('denied');
    if (numbers.length === 0) this.#announcement = this.#localize.term('selectGroups');
    this.requestUpdate();
  }

  readonly #onFailure = ({state}: TalkGroup, error: SipError): void => {
    // The group's tile and the list of refusals say why the group does not hear the user.
    if (state.refusal !== error) this.#commands.fail(error);
    // That another member speaks is no failure.
    else if (error.code !== 'floor-denied') this.#commands.report(error);
  };

  /** Joins groups at the same time; reports each that cannot be joined, which the list of refusals names. */
  #joinEach(groups: readonly TalkGroup[]): void {
    this.#commands.dismiss();
    for (const {number} of groups)
      this.#join(number).catch((cause: unknown) => {
        const error = toSipError(cause);
        if (error.code !== 'aborted') this.#commands.report(error);
      });
  }

  /** Joins a group again that has ended, unless that has changed since: what ended it may do so again at once. */
  #joinLater(group: TalkGroup): void {
    const {number, state} = group;
    setTimeout(() => {
      if (group !== this.#talkGroups.get(number) || group.state.ended !== state.ended) return;
      this.#autojoined.delete(number);
      this.requestUpdate();
    }, durations.groupRejoin);
  }

  /** Joins a group, once at a time. @throws {SipError} */
  #join(number: string): Promise<void> {
    const joining = this.#joining.get(number) ?? this.#requestJoin(number);
    this.#joining.set(number, joining);
    return joining;
  }

  async #requestJoin(number: string): Promise<void> {
    const client = this.#known;
    this.#failures.delete(number);
    this.requestUpdate();
    try {
      if (!client) throw new SipError('not-connected', {subject: 'join'});
      await joinGroup(client, number);
    } catch (cause) {
      const error = toSipError(cause);
      if (client === this.#known && error.code !== 'aborted') this.#failures.set(number, error);
      throw error;
    } finally {
      if (client === this.#known) this.#joining.delete(number);
      this.requestUpdate();
    }
  }

  get #pagesElement(): TilePagesElement | null {
    return this.renderRoot.querySelector('sip-tile-pages');
  }

  async #loadTabs(): Promise<void> {
    this.#tabs = 'loading';
    try {
      await this.#loadTools();
      this.#tabs = 'ready';
    } catch (error) {
      this.#tabs = 'failed';
      this.#commands.fail(toSipError(error));
    }
    this.requestUpdate();
  }

  readonly #onAddPage = async (): Promise<void> => {
    this.#pages.forgetUndo();
    this.#pages.show(this.#memory?.addPage() ?? '');
    if (this.#tabs !== 'ready') await this.#loadTabs();
    await this.updateComplete;
    if (this.#isPaged) await this.#pagesElement?.editName();
  };

  /** Whether the tabs are there. */
  get #isPaged(): boolean {
    return this.#tabs === 'ready';
  }

  #onRenamePage(id: string, name: string): void {
    this.#pages.forgetUndo();
    this.#memory?.renamePage(id, name);
  }

  #onRemovePage({id, title, groups}: PageView): void {
    const memory = this.#memory;
    if (!memory) return;
    const {pages} = memory;
    memory.removePage(id);
    this.#pages.show('');
    const first = this.#pages.titleOf(memory.pages[0]!);
    // An empty page without a name is made again by one press.
    if (groups.length > 0)
      this.#pages.offerUndo(
        () => this.#localize.term('pageRemoved', title, first),
        () => memory.restorePages(pages),
      );
    void this.updateComplete.then(() => this.#pagesElement?.focus());
  }

  #moveToPage(number: string, id: string): void {
    const memory = this.#memory;
    if (!memory || memory.pageOf(number).id === id) return;
    const {pages} = memory;
    memory.moveToPage(number, id);
    const title = this.#pages.titleOf(pages.find((page) => page.id === id)!);
    this.#pages.offerUndo(
      () => this.#localize.term('movedToPage', this.#nameOf(number), title),
      () => memory.restorePages(pages),
    );
  }

  /** Remembers where the user has moved a tile of the page in view, and keeps the focus on it. */
  #onMove(numbers: readonly string[], moved: string): void {
    const others = this.#memory?.sorted(this.#parties).filter(({number}) => !numbers.includes(number)) ?? [];
    this.#memory?.setOrder([...numbers, ...others.map(({number}) => number)]);
    this.#announcement = placeText(this.#nameOf(moved), numbers, moved, this.#localize);
    this.requestUpdate();
    void this.updateComplete.then(() => this.#tileOf(moved)?.focus());
  }

  /** Forgets everything about the groups of the client before. */
  #forget(client: BaseClient): void {
    this.#memory = new GroupMemory(client);
    this.#pages.show('');
    this.#pages.forgetUndo();
    this.#sounds.stop();
    for (const group of this.#talkGroups.values()) this.#abandon(group);
    this.#talkGroups = new Map();
    this.#activities = new Map();
    this.#directory = this.#spoken = this.#held = [];
    this.#unreached = [];
    this.#directoryError = this.#asked = this.#reading = undefined;
    this.#registered = false;
    for (const facts of [this.#joining, this.#failures, this.#autojoined]) facts.clear();
  }

  /** Joins a group that is not joined; otherwise selects it, or no longer. */
  #onPress(group: TalkGroup): void {
    const {number, intercom} = group;
    if (!intercom) return this.#joinEach([group]);
    const others = this.selected.filter((each) => each !== number);
    const selected = others.length < this.selected.length ? others : [...others, number];
    this.dispatchEvent(new CustomEvent('select', {detail: selected.join()}));
  }

  /** Asks for the groups of the directory if the page names none. */
  #readDirectory(): void {
    const {client} = this.#client;
    if (writtenGroups(this.groups).length > 0) {
      this.#directoryError = undefined;
      return;
    }
    if (!client || !isRegistered(client) || client === this.#asked || !client.capabilities.directory) return;
    this.#asked = client;
    this.#directoryError = undefined;
    const reading = (this.#reading = this.#ask(client).finally(() => {
      if (reading === this.#reading) this.#reading = undefined;
      this.requestUpdate();
    }));
  }

  async #ask(client: BaseClient): Promise<void> {
    try {
      const groups = await client.directory.groups();
      if (client === this.#known) this.#directory = groups;
    } catch (error) {
      if (client === this.#known) this.#directoryError = toSipError(error);
    }
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const {key, ctrlKey, altKey, metaKey, isComposing, defaultPrevented, repeat} = event;
    if (
      !QUESTION_MARKS.includes(key) ||
      ctrlKey ||
      altKey ||
      metaKey ||
      isComposing ||
      defaultPrevented ||
      repeat
    )
      return;
    if (isTyping(event.composedPath()[0])) return;
    const list = this.renderRoot.querySelector<HTMLElement>('#keys');
    if (!list) return;
    event.preventDefault();
    list.togglePopover();
    if (list.matches(':popover-open')) list.focus({preventScroll: true});
  };
}

/** Whether an event is about a tile itself, not its options: a tile that is held speaks. */
const isOfFace = (event: Event): boolean =>
  event.composedPath().some((node) => node instanceof Element && node.matches('.face'));
