import {html, nothing, type ReactiveController, type TemplateResult} from 'lit';
import type {BaseClient} from '../../core/client/client.js';
import type {Party} from '../../core/types.js';
import {SipError, toSipError} from '../../errors.js';
import '../../locales/monitor-en.js';
import {DirectoryInvitations} from '../shared/people/directory-invitations.js';
import {form} from '../shared/styles/form.styles.js';
import {cctvIcon, playIcon, squareIcon, volume2Icon} from '../shared/icons.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {errorNotice, notice} from '../shared/notice.js';
import {PeopleDrop} from '../shared/people/people-drop.js';
import {PeopleField} from '../shared/people/people-field.js';
import {isRegistered} from '../shared/registration.js';
import {MOST, type MonitorContext} from './host.js';
import {plusIcon} from './icons.js';
import {Numbers} from './numbers.js';
import {styles} from './styles.js';
import {TileNews} from './texts.js';
import {Tiles} from './tiles.js';
import {Wall} from './wall.js';

/** The complete view of a `<sip-monitor>`, loaded when there is one on the page. */
export class MonitorView implements ReactiveController {
  readonly numbers: Numbers;
  readonly #context: MonitorContext;
  readonly #wall: Wall;
  readonly #tiles: Tiles;
  readonly #field: PeopleField;
  readonly #news: TileNews;
  readonly #drop: PeopleDrop;
  /** Whether something inside had the focus when rendering began. */
  #focused = false;

  constructor(context: MonitorContext) {
    this.#context = context;
    const {host, localize, client} = context;
    host.addController(this);
    this.numbers = new Numbers(host);
    this.#news = new TileNews(localize);
    this.#wall = new Wall(context, this.numbers, (tile) => this.#news.take(tile));
    this.#tiles = new Tiles(context, this.#wall);
    this.#field = new PeopleField(context, (people) => this.#take(people), 'watchWho');
    this.#drop = new PeopleDrop(context, (people) => this.#take(people));
    new DirectoryInvitations(host, client, (person) => this.#watch(person), 'monitor');
    const sheets = [listPanel, form, styles].map(({styleSheet}) => styleSheet!);
    host.shadowRoot!.adoptedStyleSheets.push(...sheets);
  }

  /** @throws {SipError} */
  start(): void {
    this.#wall.start();
  }

  stop(): void {
    this.#wall.stop();
  }

  hostUpdate(): void {
    this.#focused = !!this.#context.host.shadowRoot?.activeElement;
  }

  hostUpdated(): void {
    const {host} = this.#context;
    // The focused element is gone: keyboard users continue from here, not from the top of the page.
    if (this.#focused && !host.shadowRoot?.activeElement)
      host.renderRoot.querySelector<HTMLElement>('.card')?.focus({preventScroll: true});
  }

  render(): TemplateResult {
    const {localize, client} = this.#context;
    const watcher = client();
    return html`<div
      part="panel"
      class="card ${this.#drop.over ? 'over' : ''}"
      role="group"
      tabindex="-1"
      aria-label=${localize.term('monitoring')}
      @dragover=${this.#drop.onDrag}
      @dragleave=${this.#drop.onLeave}
      @drop=${this.#drop.onDrop}
      @sip-error=${this.#onError}
    >
      ${watcher ? this.#renderClient(watcher) : this.#renderEmpty(this.#context.absence())}
    </div>`;
  }

  #renderClient(client: BaseClient): TemplateResult {
    const {localize, host} = this.#context;
    const {monitor, memberVideo} = client.capabilities;
    const known = client.state.connection === 'connected';
    if (known && !(host.sid ? memberVideo : monitor))
      return this.#renderEmpty(localize.term(host.sid ? 'noMemberPictures' : 'noMonitoring'));
    return html`${this.#renderBar(client)} ${this.#renderError(client)}
      <div class="hidden" role="status">${this.#news.text}</div>
      ${this.#wall.tiles.length ? this.#tiles.render() : this.#renderEmpty(localize.term('watchHint'))}`;
  }

  #renderBar(client: BaseClient): TemplateResult {
    const {localize} = this.#context;
    const {running, sounds} = this.#wall;
    const ready = isRegistered(client);
    const several = localize.term('severalSounds');
    return html`<div class="bar">
      ${cctvIcon}<b class="line">${localize.term('monitoring')}</b>
      <span class="space"></span>
      ${
        sounds.size || sounds.together
          ? html`<button
              part="several"
              class="toggle"
              type="button"
              aria-pressed=${sounds.together ? 'true' : 'false'}
              aria-label=${several}
              title=${several}
              @click=${this.#onSeveral}
            >
              ${volume2Icon}${plusIcon}
            </button>`
          : nothing
      }
      <div class="field">
        ${this.#field.render((key) => {
          if (key === 'Enter' && !running) this.#press();
        })}
      </div>
      <button
        part=${running ? 'stop' : 'start'}
        class="pill ${running ? '' : 'go'}"
        type="button"
        title=${ready || running ? nothing : localize.describe({code: 'not-registered'})}
        aria-disabled=${ready || running ? nothing : 'true'}
        @click=${this.#press}
      >
        ${running ? squareIcon : playIcon} ${localize.term(running ? 'endWatching' : 'startWatching')}
      </button>
    </div>`;
  }

  #renderError(client: BaseClient): TemplateResult | typeof nothing {
    const {commands, localize} = this.#context;
    const {error} = commands;
    if (error) {
      return errorNotice(error, client.options.server, {localize, onDismiss: commands.dismiss});
    }
    if (this.numbers.all.length <= MOST) return nothing;
    return notice(localize.term('wallFull', String(MOST)), {localize, warns: true});
  }

  #renderEmpty(text: string): TemplateResult {
    return html`<div class="empty">
      ${cctvIcon}
      <p class="quiet">${text}</p>
    </div>`;
  }

  /** Starts, including the numbers still in the field; or stops. */
  readonly #press = (): void => {
    const {commands, client, host} = this.#context;
    if (this.#wall.running) return this.#wall.stop();
    if (!isRegistered(client())) return commands.tell(new SipError('not-registered'));
    if (!this.#field.empty && !this.#field.take()) return;
    if (!this.numbers.all.length)
      return host.renderRoot.querySelector<HTMLElement>('[part=members-field]')?.focus();
    this.#try(() => this.#wall.start());
  };

  /** Watches a person at once. */
  #watch(person: Party): boolean {
    if (!this.#context.client()) return false;
    this.#take([person]);
    if (!this.#wall.running) this.#try(() => this.#wall.start());
    return true;
  }

  #take(people: readonly Party[]): void {
    this.#try(() => {
      for (const person of people) this.numbers.add(person);
    });
  }

  #try(command: () => void): void {
    const {commands} = this.#context;
    try {
      command();
      commands.dismiss();
    } catch (error) {
      commands.tell(toSipError(error));
    }
  }

  readonly #onSeveral = (): void => {
    const {sounds} = this.#wall;
    sounds.together = !sounds.together;
    this.#context.host.requestUpdate();
  };

  /** Shows the failure of a control, which dispatches `sip-error`. */
  readonly #onError = ({detail, target}: CustomEvent<{error: SipError}>): void => {
    if (target !== this.#context.host) this.#context.commands.show(detail.error);
  };
}
