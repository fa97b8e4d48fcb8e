import {ContextProvider} from '@lit/context';
import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {commandsContext} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import {isUrgent} from '../../core/call-kinds.js';
import {isActive} from '../../core/call/newest-call.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import {isIntercom, runningIntercom} from '../../core/intercom/is-intercom.js';
import {speakTo} from '../../core/intercom/talk.js';
import {TalkGroup, type TalkActivity} from '../../core/intercom/talk-group.js';
import type {Party} from '../../core/types.js';
import {toSipError, type SipError} from '../../errors.js';
import '../../locales/channels-en.js';
import '../../locales/intercom-en.js';
import {defineInner} from '../shared/define-inner.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {micIcon} from '../shared/icons/controls.js';
import {radioIcon} from '../shared/icons/later.js';
import {volume2Icon} from '../shared/icons.js';
import {barButton, listBar} from '../shared/list-bar.js';
import {nameOf} from '../shared/people/people.js';
import {isRegistered, registrationNotice, registrationStatus} from '../shared/registration.js';
import {repeat} from '../shared/repeat.js';
import {isTyping, normalizeShortcut} from '../shared/shortcuts.js';
import {listPanel, panelStates} from '../shared/styles/list-panel.styles.js';
import {registrationStyles} from '../shared/styles/registration.styles.js';
import {menuBox} from '../shared/styles/row-menu.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {HoldToTalk} from '../shared/talk/hold-to-talk.js';
import {joinGroup} from '../shared/talk/join-group.js';
import {ChannelTileElement} from './channel-tile.js';
import {styles} from './channels-panel.styles.js';
import {GroupMemory} from './group-memory.js';
import {MOST, writtenGroups, type WrittenGroups} from './groups.js';
import {keyboardIcon, moveIcon} from './icons.js';
import {refusalText} from './refusal-text.js';
import {TileArranger} from './tile-arranger.js';
import {hasTalkDevices, TALK_DEVICES_PARTS, TalkDevicesController} from './talk-devices-controller.js';

/**
 * The contents of a `<sip-channels>`: the tiles of the groups, and the button that speaks to those that are selected.
 *
 * @fires {CustomEvent<string>} select - The user changed the selection: its numbers, separated by commas.
 * @fires {CustomEvent} sound - The user wants the sound turned on.
 */
export class ChannelsPanelElement extends LitElement {
  static readonly parts = [
    'panel, tiles, talk, refusals, hint, join-all, arrange, keys, key-list, devices, sound, notice, retry',
    TALK_DEVICES_PARTS,
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
  /** The groups by their numbers, in the order of their tiles. */
  #talkGroups = new Map<string, TalkGroup>();
  /** The groups of the directory, if the page names none. */
  #directory: readonly Party[] = [];
  /** How the user has arranged the groups. */
  #memory: GroupMemory | undefined;
  /** The client whose directory was asked. */
  #asked: BaseClient | undefined;
  /** The groups that are being joined, and those that were joined by themselves. */
  readonly #joining = new Set<string>();
  readonly #autojoined = new Set<string>();
  /** The groups that the user speaks to, or spoke to last. */
  #spoken: readonly TalkGroup[] = [];
  #end: (() => void) | undefined;
  /** What each group did at the last update. */
  #activities = new Map<string, TalkActivity>();
  #announcement = '';
  readonly #hold = new HoldToTalk(this, {
    pushKey: () => this.pushKey,
    toggles: () => this.pressToToggle,
    ready: () => this.#talkable.length > 0,
    heard: () => this.#talkable.some(({state}) => state.activity === 'speaking'),
    onHold: () => (this.#end = this.#speak(this.#chosen)),
    onRelease: () => this.#end?.(),
  });
  readonly #devices = new TalkDevicesController(this, {
    client: () => this.#client.client,
    held: (target) => (target ? this.#tileOf(target) : this.#hold),
  });
  readonly #arranger = new TileArranger(this, {
    tiles: () => this.#tiles,
    onMove: (numbers, moved) => this.#onMove(numbers, moved),
  });
  #listening: AbortController | undefined;

  constructor() {
    super();
    new StateController(this, () => [
      this.#client.client,
      ...(this.#client.client?.state.calls ?? []),
      ...this.#talkGroups.values(),
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
    await this.#joinAll([...this.#talkGroups.values()].filter(({intercom}) => !intercom));
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
    for (const group of this.#talkGroups.values()) group.follow(undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('groups')) this.#asked = undefined;
    void this.#readDirectory();
    const {client} = this.#client;
    if (this.#memory?.client !== client) this.#memory = client && new GroupMemory(client);
    const {calls = []} = this.#client.client?.state ?? {};
    const before = this.#talkGroups;
    this.#talkGroups = new Map(
      this.#parties.map(({number}) => [number, before.get(number) ?? new TalkGroup(number)]),
    );
    for (const [number, group] of before) if (!this.#talkGroups.has(number)) group.follow(undefined);
    if (this.isConnected)
      for (const group of this.#talkGroups.values()) group.follow(runningIntercom(calls, group.number));
    this.#followActivities();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const {client} = this.#client;
    if (this.scan || changed.get('scan')) this.#prioritize();
    if (!this.autojoin || !isRegistered(client)) return;
    const absent = [...this.#talkGroups.values()].filter(
      ({number, intercom}) => !intercom && !this.#autojoined.has(number),
    );
    if (absent.length === 0) return;
    for (const {number} of absent) this.#autojoined.add(number);
    void this.#commands.run(() => this.#joinAll(absent));
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
    return this.renderRoot.querySelector<HTMLElement>('sip-channel-tile, .card');
  }

  /** The groups shown, with their names. */
  get #parties(): readonly Party[] {
    const {client} = this.#client;
    const written = writtenGroups(this.groups);
    const parties = written.length > 0 ? written : this.#directory;
    return parties.slice(0, MOST).map(({number, name}) => {
      const {calls = []} = client?.state ?? {};
      const remote = runningIntercom(calls, number)?.remote;
      const known = client?.identify({number, name}) ?? {number, name};
      return name ? {number, name} : remote?.name ? remote : known;
    });
  }

  /** The groups that the user has selected. */
  get #chosen(): readonly TalkGroup[] {
    return this.selected.flatMap((number) => this.#talkGroups.get(number) ?? []);
  }

  /** Those of them that can be spoken to. */
  get #talkable(): readonly TalkGroup[] {
    const connected = this.#client.client?.state.connection === 'connected';
    return connected ? this.#chosen.filter(({talkable}) => talkable) : [];
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
        ? emptyNote(radioIcon, localize.term('noTalkGroups'))
        : html`<div class="desk">
            <div
              part="tiles"
              class="tiles ${this.#arranger.arranging ? 'arranging' : ''}"
              role="list"
              @pointerdown=${this.#arranger.onPointerdown}
              @keydown=${this.#arranger.onKeydown}
            >
              ${repeat(
                this.#memory?.sorted(this.#parties) ?? this.#parties,
                ({number}) => number,
                (party) => this.#renderTile(party),
              )}
            </div>
            ${this.#renderTalk(client)}
          </div>`
    }
    ${registrationNotice(client, localize, this.#commands)}`;
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
        ${ready ? nothing : registrationStatus(client, localize, this.#commands)}`,
      html`${
        ready && absent
          ? barButton(
              'join-all',
              join,
              html`${radioIcon}<span>${join}</span>`,
              () => void this.#commands.run(() => this.join()),
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
    const {arranging: pressed, toggle} = this.#arranger;
    return barButton('arrange', this.#localize.term('moveTiles'), moveIcon, toggle, {pressed});
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
        @toggle=${({newState}: ToggleEvent) => newState === 'closed' && this.#devices.devices?.stopLearning()}
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
        ${hasTalkDevices() ? this.#renderDevices() : nothing}
      </div>`;
  }

  /** The pedals and gamepads, loaded when the user opens them. */
  #renderDevices(): TemplateResult {
    const localize = this.#localize;
    const {devices} = this.#devices;
    const onToggle = ({target}: Event): void => {
      const {open} = target as HTMLDetailsElement;
      if (open) void this.#commands.run(() => this.#openDevices());
      else devices?.stopLearning();
    };
    return html`<details part="devices" class="devices" @toggle=${onToggle}>
      <summary>${localize.term('talkDevices')}</summary>
      <sip-talk-devices
        exportparts=${TALK_DEVICES_PARTS}
        .devices=${devices}
        .groups=${this.#parties}
      ></sip-talk-devices>
    </details>`;
  }

  async #openDevices(): Promise<void> {
    const {inner} = await import('./talk-devices-view.js');
    defineInner(inner);
    await this.#devices.load();
  }

  #renderTile(party: Party): TemplateResult {
    const arranger = this.#arranger;
    // A group keeps its key wherever its tile is.
    const index = this.#parties.findIndex(({number}) => number === party.number);
    const group = this.#talkGroups.get(party.number)!;
    return html`<sip-channel-tile
      role="listitem"
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
      .speak=${(group: TalkGroup) => this.#speak([group])}
      @press=${() => this.#onPress(group)}
      @priority=${({detail}: CustomEvent<boolean>) => this.#setPriority(party.number, detail)}
    ></sip-channel-tile>`;
  }

  #renderTalk(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const hold = this.#hold;
    const talkable = this.#talkable;
    const speaks = talkable.some(({state}) => state.activity === 'speaking');
    const asks = hold.held && !speaks;
    const key = normalizeShortcut(hold.key);
    const count = talkable.length;
    const label = count ? localize.term('talkToGroups', String(count)) : localize.term('selectGroups');
    const action = speaks
      ? localize.term(hold.pressed ? 'pressToStop' : 'releaseToStop')
      : this.#howToTalk(key);
    return html`<div class="side">
      <button
        part="talk"
        class="push ${speaks ? 'speaks' : asks ? 'asks' : ''}"
        type="button"
        aria-describedby="hint"
        aria-disabled=${count ? nothing : 'true'}
        aria-pressed=${this.pressToToggle ? String(hold.held || speaks) : nothing}
        aria-keyshortcuts=${key || nothing}
        @pointerdown=${hold.onPointerdown}
        @keydown=${hold.onKeydown}
        @blur=${hold.onBlur}
        @click=${hold.onClick}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        ${micIcon}<span class="label">${label}</span>
        <span class="action">${count ? action : nothing}</span>
      </button>
      ${this.#renderRefusals()}
      <p id="hint" part="hint" class="quiet hint">${localize.sentences(this.#hints(client))}</p>
    </div>`;
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
        this.#arranger.arranging ? 'moveHint' : this.pressToToggle ? 'tilePressHint' : 'tileHint',
      ),
      calls ? localize.term(this.heardByCalls ? 'callsHear' : 'callsUnheard') : '',
    ];
  }

  /** Names each group that does not hear the user, and why. */
  #renderRefusals(): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const refused = this.#spoken.filter(
      ({state, intercom}) => state.refusal ?? (this.#hold.held && !intercom),
    );
    if (refused.length === 0) return nothing;
    return html`<div part="refusals" class="refusals" role="alert">
      <ul>
        ${refused.map(({number, state}) => {
          const why = state.refusal ? refusalText(state.refusal, localize) : localize.term('groupAbsent');
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

  /** The urgent or SOS call of the group, or of one of its members. */
  #alarmOf({number, intercom}: TalkGroup): SipCall | undefined {
    const members = intercom?.state.groupMembers?.map((member) => member.number) ?? [];
    const {calls = []} = this.#client.client?.state ?? {};
    return calls.find(
      ({type, direction, remote, state}) =>
        isUrgent(type) &&
        direction === 'incoming' &&
        state.phase !== 'released' &&
        (remote.number === number || members.includes(remote.number)),
    );
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
  }

  #playCue(name: 'granted' | 'denied' | 'ended'): void {
    void this.#client.client?.ringer.playCue(name);
  }

  /** Speaks to groups until the returned function is called. */
  readonly #speak = (groups: readonly TalkGroup[]): (() => void) => {
    this.#spoken = groups;
    this.#commands.dismiss();
    this.requestUpdate();
    return speakTo(groups, {
      unheardBy: this.heardByCalls ? undefined : this.#client.client,
      onFailure: this.#onFailure,
    });
  };

  readonly #onFailure = (_group: TalkGroup, error: SipError): void => {
    // That another member speaks is no failure; the group's tile and the list of refusals say so.
    if (error.code !== 'floor-denied') this.#commands.report(error);
  };

  /** Joins groups at the same time; rejects once all have been asked, if one of them cannot be joined. */
  async #joinAll(groups: readonly TalkGroup[]): Promise<void> {
    const joined = await Promise.allSettled(groups.map(({number}) => this.#join(number)));
    const refused = joined.find((each) => each.status === 'rejected');
    if (refused) throw toSipError(refused.reason);
  }

  async #join(number: string): Promise<void> {
    const {client} = this.#client;
    if (!client || this.#joining.has(number)) return;
    this.#joining.add(number);
    this.requestUpdate();
    try {
      await joinGroup(client, number);
    } finally {
      this.#joining.delete(number);
      this.requestUpdate();
    }
  }

  /** Remembers where the user has moved a tile, and keeps the focus on it. */
  #onMove(numbers: readonly string[], moved: string): void {
    this.#memory?.setOrder(numbers);
    const place = this.#localize.term(
      'tilePlace',
      String(numbers.indexOf(moved) + 1),
      String(numbers.length),
    );
    this.#announcement = this.#localize.explained(this.#nameOf(moved), place);
    this.requestUpdate();
    void this.updateComplete.then(() => this.#tileOf(moved)?.focus());
  }

  /** Joins a group that is not joined; otherwise selects it, or no longer. */
  #onPress({number, intercom}: TalkGroup): void {
    if (!intercom) return void this.#commands.run(() => this.#join(number));
    const others = this.selected.filter((each) => each !== number);
    const selected = others.length < this.selected.length ? others : [...others, number];
    this.dispatchEvent(new CustomEvent('select', {detail: selected.join()}));
  }

  /** Asks for the groups of the directory if the page names none. */
  async #readDirectory(): Promise<void> {
    const {client} = this.#client;
    if (writtenGroups(this.groups).length > 0 || !isRegistered(client) || client === this.#asked) return;
    if (!client?.capabilities.directory) return;
    this.#asked = client;
    try {
      this.#directory = await client.directory.groups();
    } catch (error) {
      this.#commands.show(toSipError(error));
    }
    this.requestUpdate();
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const {key, ctrlKey, altKey, metaKey, isComposing, defaultPrevented, repeat} = event;
    if (key !== '?' || ctrlKey || altKey || metaKey || isComposing || defaultPrevented || repeat) return;
    if (isTyping(event.composedPath()[0])) return;
    const list = this.renderRoot.querySelector<HTMLElement>('#keys');
    if (!list) return;
    event.preventDefault();
    list.togglePopover();
    if (list.matches(':popover-open')) list.focus({preventScroll: true});
  };
}
