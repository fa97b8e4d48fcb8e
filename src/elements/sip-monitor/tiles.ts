import {html, nothing, type TemplateResult} from 'lit';
import type {SipCall} from '../../core/call/call.js';
import {pauseIcon, rotateCwIcon, triangleAlertIcon, volume2Icon, xIcon} from '../shared/icons.js';
import {initialsOf, nameOf} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';
import type {MonitorContext} from './host.js';
import {maximizeIcon, minimizeIcon, volumeXIcon} from './icons.js';
import {onTileKey} from './tile-keys.js';
import {retryText, tileReason, tileState} from './texts.js';
import type {Tile, Wall} from './wall.js';

/** Renders the videos of a wall, each with its name, state and controls. */
export class Tiles {
  readonly #context: MonitorContext;
  readonly #wall: Wall;

  constructor(context: MonitorContext, wall: Wall) {
    this.#context = context;
    this.#wall = wall;
  }

  render(): TemplateResult {
    const {tiles} = this.#wall;
    return html`<div
      part="wall"
      class="wall"
      data-columns=${columnsOf(tiles.length)}
      role="list"
      aria-label=${this.#context.localize.term('monitoring')}
      @keydown=${onTileKey}
    >
      ${repeat(
        tiles,
        ({key}) => key,
        (tile) => this.#renderTile(tile),
      )}
    </div>`;
  }

  #renderTile(tile: Tile): TemplateResult {
    const {localize} = this.#context;
    const {key, party, subscription} = tile;
    const {phase, call} = subscription.state;
    const name = nameOf(party, localize);
    const number = name === party.number ? '' : party.number;
    const state = tileState(tile, localize);
    return html`<div
      part="tile"
      class="tile ${phase}"
      data-key=${key}
      data-phase=${phase}
      role="listitem"
      tabindex="-1"
      aria-label=${`${name}: ${state}`}
      @dblclick=${this.#onDouble}
    >
      <canvas class="still" hidden></canvas>
      ${repeat(
        call ? [call] : [],
        ({id}) => id,
        (shown) => html`<sip-video .call=${shown}></sip-video>`,
      )}
      ${phase === 'live' ? nothing : this.#renderWords(tile, state)}
      <div class="top">
        <span class="chip caption" title=${number ? `${name} ${number}` : name}
          ><bdi class="line">${name}</bdi
          >${number ? html`<bdi class="number">${number}</bdi>` : nothing}</span
        >
        <span class="space"></span>
        ${
          call?.state.recording
            ? html`<span class="chip recording" title=${localize.term('recordingOn')}
                ><span class="sign"></span
              ></span>`
            : nothing
        }
        ${this.#wall.sounds.has(key) ? html`<span class="chip" aria-hidden="true">${volume2Icon}</span>` : nothing}
        ${phase === 'live' ? html`<span class="chip live">${state}</span>` : nothing}
      </div>
      ${call && this.#wall.sounds.has(key) ? html`<sip-audio class="sound" .call=${call}></sip-audio>` : nothing}
      <div part="controls" class="controls" role="group" aria-label=${name}>
        ${this.#renderControls(tile, call, name)}
      </div>
    </div>`;
  }

  /** Renders the text shown while no video plays. */
  #renderWords(tile: Tile, state: string): TemplateResult {
    const {localize} = this.#context;
    const {phase} = tile.subscription.state;
    const hint = tileReason(tile, localize);
    const when = retryText(tile, localize);
    const again = localize.term('tryAgain');
    const gone = phase === 'refused' || phase === 'waiting' || phase === 'stalled';
    return html`<div class="words">
      ${
        phase === 'paused'
          ? pauseIcon
          : gone
            ? triangleAlertIcon
            : html`<span
                class="avatar ${phase === 'connecting' ? 'rings' : ''}"
                aria-hidden="true"
                data-initials=${initialsOf(tile.party)}
              ></span>`
      }
      <b>${state}</b>
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}
      ${when ? html`<p class="number">${when}</p>` : nothing}
      ${
        phase === 'refused' || phase === 'waiting'
          ? html`<button
              part="retry"
              class="pill retry"
              type="button"
              @click=${() => tile.subscription.begin()}
            >
              ${rotateCwIcon} ${again}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderControls(tile: Tile, call: SipCall | undefined, name: string): unknown {
    const {localize, host} = this.#context;
    const {sounds, filling} = this.#wall;
    const on = sounds.has(tile.key);
    const fills = (filling as HTMLElement | undefined)?.dataset['key'] === tile.key;
    const {phase} = tile.subscription.state;
    const shows = call && (phase === 'live' || phase === 'stalled');
    const can = document.fullscreenEnabled && (shows || fills);
    const toggle = (): void => {
      if (on) sounds.turnOff(tile.key);
      else sounds.turnOn(tile.key);
      host.requestUpdate();
    };
    return html`${
      shows
        ? html`<sip-photo-button exportparts="photo" .call=${call}></sip-photo-button
            ><sip-record-button exportparts="record" .call=${call}></sip-record-button>${this.#button(
              'sound',
              localize.term(on ? 'soundOff' : 'soundOn'),
              on ? volume2Icon : volumeXIcon,
              toggle,
              on,
            )}`
        : nothing
    }${
      can
        ? this.#button(
            'full-screen',
            localize.term(fills ? 'leaveFullScreen' : 'fullScreen'),
            fills ? minimizeIcon : maximizeIcon,
            this.#onFull,
          )
        : nothing
    }${this.#button('close', localize.term('closePicture', name), xIcon, () => this.#close(tile))}`;
  }

  #button(
    part: string,
    name: string,
    icon: TemplateResult,
    onClick: (event: Event) => void,
    pressed?: boolean,
  ): TemplateResult {
    return html`<button
      part=${part}
      class="control ${pressed ? 'on' : ''}"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${onClick}
    >
      ${icon}
    </button>`;
  }

  /** Closes a tile; the focus moves to the tile that takes its place, or to the field. */
  #close(tile: Tile): void {
    const {host} = this.#context;
    const place = this.#wall.tiles.findIndex(({key}) => key === tile.key);
    const focused = host.shadowRoot?.activeElement;
    this.#wall.close(tile);
    if (!focused) return;
    void host.updateComplete.then(() => {
      const tiles = this.#elements;
      (
        tiles[place] ??
        tiles.at(-1) ??
        host.renderRoot.querySelector<HTMLElement>('[part=members-field]')
      )?.focus();
    });
  }

  get #elements(): readonly HTMLElement[] {
    return [...this.#context.host.renderRoot.querySelectorAll<HTMLElement>('.tile')];
  }

  readonly #onFull = ({currentTarget}: Event): void =>
    this.#fill((currentTarget as Element).closest('.tile')!);

  readonly #onDouble = ({currentTarget, target}: Event): void => {
    if (!(target as Element).closest('.controls, .words button')) this.#fill(currentTarget as Element);
  };

  #fill(tile: Element): void {
    if (!document.fullscreenEnabled) return;
    const done = this.#wall.filling ? document.exitFullscreen() : tile.requestFullscreen();
    // The browser refuses full screen without a user gesture; nothing changes then.
    done.catch(() => {});
  }
}

/** Returns the number of columns if there is enough space. */
function columnsOf(count: number): number {
  return count <= 1 ? 1 : count <= 4 ? 2 : count <= 9 ? 3 : 4;
}
