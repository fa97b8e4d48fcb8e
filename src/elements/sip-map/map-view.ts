import {
  imageOverlay,
  latLngBounds,
  map as createMap,
  point as pointOf,
  tileLayer,
  type LatLngBounds,
  type Layer,
  type Map as LeafletMap,
} from 'leaflet/dist/leaflet-src.esm.js';
import {html, LitElement, type PropertyValues, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {inner} from '../shared/styles/shared.styles.js';
import {clustersOf, type Spot} from './clusters.js';
import {minusIcon, plusIcon} from './icons.js';
import type {PlacedPerson} from './map-people.js';
import {boxBetween, isInside, metersPerPixel, roundBelow, type Point} from './mercator.js';
import {styles} from './map-view.styles.js';
import {COLORS, MarkerPainter, radiusOf, type Colors, type MarkerText} from './markers.js';

/** What dragging does: moves the map, or selects the people in a box or a lasso. */
export type MapTool = 'move' | 'box' | 'lasso';

/** How a choice changes the selection. */
export interface MapChoice {
  readonly numbers: readonly string[];
  readonly how: 'replace' | 'add' | 'toggle';
}

/** Degrees north and east. */
export type MapPlace = readonly [lat: number, lng: number];

/** What is below the people, and where the map begins. */
export interface MapGround {
  /** The template of the tiles' URLs; empty for none. */
  readonly tiles: string;
  readonly maxZoom: number;
  /** The URL of a picture; empty for none. */
  readonly picture: string;
  /** The corners of the picture. */
  readonly bounds: readonly [MapPlace, MapPlace] | undefined;
  /** The place in the middle at first; without one, everyone is in view. */
  readonly center: MapPlace | undefined;
  readonly zoom: number;
}

/** What the markers show. */
export interface MarkerSettings {
  readonly localize: LocalizeController;
  readonly textOf: (placed: PlacedPerson) => MarkerText;
  readonly isOld: (placed: PlacedPerson) => boolean;
}

/** The size of the whole map at zoom 0, in pixels. */
const WORLD = 256;

/** The zoom of a map on which everyone fits at any zoom. */
const CLOSE = 16;

/** The room around everyone when they are brought into view, in pixels. */
const MARGIN = 48;

/** The most the map zooms in without tiles. */
const CLOSEST = 19;

/** How far a key moves the map, in pixels. */
const STEP = 80;

/** How far a press may move before it is a drag, in pixels. */
const STILL = 5;

/** How many names are drawn, at most. */
const MOST_NAMES = 150;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/**
 * The map itself: Leaflet moves it and draws the tiles or the picture; the people are drawn on one canvas above.
 *
 * `choose` tells whom the user has chosen ({@link MapChoice}), `look` that other people are in view, `ground` that tiles or the
 * picture have loaded or failed.
 */
export class MapViewElement extends LitElement {
  static readonly parts = 'world, zoom-in, zoom-out, scale';

  static override styles = [inner, styles];

  @property({attribute: false}) ground!: MapGround;
  @property({attribute: false}) settings!: MarkerSettings;
  @property({attribute: false}) people: () => readonly PlacedPerson[] = () => [];
  @property({attribute: false}) selected: ReadonlySet<string> = new Set();
  /** The number of the person at whom the cursor of the list is. */
  @property({attribute: false}) pointed = '';
  @property({attribute: false}) tool: MapTool = 'move';
  /** The names of the parts, for screen readers. */
  @property({attribute: false}) label = '';

  /** The people in view. */
  inView: readonly PlacedPerson[] = [];

  @query('.world') private readonly world!: HTMLElement;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  @query('.scale span') private readonly scale!: HTMLElement;

  readonly #sheet = new CSSStyleSheet();
  readonly #resizes = new ResizeObserver(() => this.#onResize());
  #map: LeafletMap | undefined;
  #layer: Layer | undefined;
  /** Whether tiles or the picture are there, so that no grid is needed. */
  #grounded = false;
  #frame = 0;
  #spots: readonly Spot[] = [];
  #font = '';
  /** Whether the map moves by itself. */
  #fitting = false;
  /** Whether the user, or the page, has decided what is in view. */
  #placed = false;
  /** The box or lasso that is being drawn, in pixels. */
  #shape: {readonly box: boolean; points: Point[]; readonly adds: boolean} | undefined;
  #pressedAt: Point | undefined;
  /** Whether the last press drew a box or a lasso. */
  #drew = false;
  #scaleText = '';

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#resizes.disconnect();
    this.#map?.remove();
    this.#map = this.#layer = undefined;
  }

  override focus(options?: FocusOptions): void {
    this.world.focus(options);
  }

  /** Draws the people soon, once for all that changes until then. */
  redraw(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  /** Brings people into view: everyone by default. */
  fit(people: readonly PlacedPerson[] = this.people()): void {
    if (!this.#map?.invalidateSize({animate: false, pan: false}).getSize().x) return;
    const {picture, bounds} = this.ground;
    if (people.length) this.#show(latLngBounds(placesOf(people)));
    else if (picture && bounds) this.#show(boundsOf(bounds));
  }

  /** Brings everyone into view unless the user has moved the map. */
  fitAtFirst(): void {
    if (!this.#placed) this.fit();
  }

  protected override render(): TemplateResult {
    const {localize} = this.settings;
    const [zoomIn, zoomOut] = [localize.term('mapZoomIn'), localize.term('mapZoomOut')];
    return html`<div
        part="world"
        class="world"
        role="application"
        aria-label=${this.label}
        aria-describedby="help"
        tabindex="0"
        @keydown=${this.#onKeydown}
        @pointerdown=${this.#onPointerDown}
        @pointermove=${this.#onPointerMove}
        @pointerup=${this.#onPointerUp}
        @pointercancel=${this.#drop}
        @click=${this.#onClick}
        @dblclick=${this.#onDoubleClick}
      ></div>
      <p id="help" class="hidden">${localize.term('mapHelp')}</p>
      <canvas aria-hidden="true" dir=${localize.term('$dir')}></canvas>
      <div class="probe" aria-hidden="true" @transitionend=${() => this.redraw()}>
        ${COLORS.map((name) => html`<i class=${name}></i>`)}
      </div>
      <div class="zoom">
        <button
          part="zoom-in"
          type="button"
          aria-label=${zoomIn}
          title=${zoomIn}
          @click=${() => this.#zoom(1)}
        >
          ${plusIcon}
        </button>
        <button
          part="zoom-out"
          type="button"
          aria-label=${zoomOut}
          title=${zoomOut}
          @click=${() => this.#zoom(-1)}
        >
          ${minusIcon}
        </button>
      </div>
      <div part="scale" class="scale number"><span></span></div>
      <div class="credit none"><slot @slotchange=${this.#onCredit}></slot></div>`;
  }

  protected override firstUpdated(): void {
    this.shadowRoot!.adoptedStyleSheets.push(this.#sheet);
    this.#open();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.dataset['tool'] = this.tool;
    const before: MapGround | undefined = changed.get('ground');
    if (before) {
      if (viewOf(before) !== viewOf(this.ground)) this.#setView();
      this.#setLayer();
    }
    if (this.tool === 'move') this.#map?.dragging.enable();
    else this.#map?.dragging.disable();
    this.redraw();
  }

  #open(): void {
    if (this.#map) return;
    this.#map = createMap(this.world, {
      attributionControl: false,
      zoomControl: false,
      boxZoom: false,
      doubleClickZoom: false,
      keyboard: false,
      fadeAnimation: false,
      zoomAnimation: false,
      markerZoomAnimation: false,
      inertia: false,
      worldCopyJump: true,
      minZoom: 1,
    });
    this.#map.on('move zoom viewreset', () => this.#drawNow());
    this.#map.on('moveend', () => this.dispatchEvent(new CustomEvent('look')));
    this.#map.on('dragstart zoomstart', () => (this.#placed ||= !this.#fitting));
    this.#setView();
    this.#setLayer();
    this.#resizes.observe(this);
  }

  /** Brings into view what the page names, or else everyone. */
  #setView(): void {
    const map = this.#map;
    if (!map) return;
    const {center, zoom} = this.ground;
    this.#fitting = true;
    // The observer tells of a new size only with the next frame.
    map.invalidateSize({animate: false, pan: false});
    if (center) map.setView([center[0], center[1]], zoom, {animate: false});
    else map.setView([0, 0], 2, {animate: false});
    this.#fitting = false;
    this.#placed = !!center;
    this.fitAtFirst();
  }

  /** Puts the tiles or the picture below the people. */
  #setLayer(): void {
    const map = this.#map;
    if (!map) return;
    const {tiles, maxZoom, picture, bounds} = this.ground;
    this.#layer?.remove();
    this.#layer = undefined;
    this.#grounded = false;
    map.setMaxZoom(tiles ? maxZoom : CLOSEST);
    if (!tiles && !(picture && bounds)) return this.#told(true);
    const layer = (this.#layer = tiles ? this.#tilesOf(tiles, maxZoom) : this.#pictureOf(picture, bounds!));
    try {
      layer.addTo(map);
    } catch {
      // A template with a name that tiles do not have.
      layer.remove();
      this.#layer = undefined;
      this.#told(false);
    }
  }

  #tilesOf(template: string, maxZoom: number): Layer {
    const layer = tileLayer(template, {maxZoom, updateWhenZooming: false, keepBuffer: 1});
    let loaded = 0;
    let failed = 0;
    layer.on('loading', () => (loaded = failed = 0));
    layer.on('tileload', () => {
      loaded += 1;
      if (!this.#grounded) this.#told(true, true);
    });
    layer.on('tileerror', () => (failed += 1));
    // Tiles beyond the edge of a map may be missing: only if none of those in view came, something is wrong.
    layer.on('load', () => loaded === 0 && failed > 0 && this.#told(false));
    return layer;
  }

  #pictureOf(url: string, corners: readonly [MapPlace, MapPlace]): Layer {
    const layer = imageOverlay(url, boundsOf(corners));
    layer.on('load', () => this.#told(true, true));
    layer.on('error', () => this.#told(false));
    return layer;
  }

  /** Tells whether tiles or the picture could be loaded. */
  #told(works: boolean, grounded = false): void {
    this.#grounded = grounded;
    this.dispatchEvent(new CustomEvent('ground', {detail: works}));
    this.redraw();
  }

  /** Loads the tiles or the picture again. */
  retry(): void {
    this.#setLayer();
  }

  #show(around: LatLngBounds): void {
    this.#fitting = true;
    this.#map?.fitBounds(around, {padding: [MARGIN, MARGIN], maxZoom: CLOSE, animate: false});
    this.#fitting = false;
  }

  #zoom(by: number, around?: Point): void {
    const map = this.#map;
    if (!map) return;
    this.#placed = true;
    if (around) map.setZoomAround(pointOf(around.x, around.y), map.getZoom() + by, {animate: false});
    else map.setZoom(map.getZoom() + by, {animate: false});
  }

  #onResize(): void {
    const map = this.#map;
    if (!map || !this.clientWidth) return;
    const {x: before} = map.getSize();
    map.invalidateSize({animate: false, pan: false});
    // A map that gets its size only now has had no view.
    if (!before) this.fitAtFirst();
    this.#drawNow();
    this.dispatchEvent(new CustomEvent('look'));
  }

  /** Draws in the same frame in which the map moves, so that markers and tiles stay together. */
  #drawNow(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#draw();
  }

  #draw(): void {
    const map = this.#map;
    const {clientWidth: width, clientHeight: height} = this;
    const context = this.canvas?.getContext('2d');
    if (!map || !width || !height || !context) return;
    const density = window.devicePixelRatio || 1;
    const [across, down] = [Math.round(width * density), Math.round(height * density)];
    if (this.canvas.width !== across) this.canvas.width = across;
    if (this.canvas.height !== down) this.canvas.height = down;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    const colors = this.#readColors();
    const {size, origin, pixelOf} = standOf(map, width);
    const step = this.#showScale(map.getCenter().lat, size);
    if (!this.#grounded) drawGrid(context, colors.border, {x: origin.x, y: origin.y, width, height, step});

    const inView: PlacedPerson[] = [];
    const apart: {person: PlacedPerson; x: number; y: number}[] = [];
    const chosen: Spot[] = [];
    let pointed: Point | undefined;
    for (const person of this.people()) {
      const {x, y} = pixelOf(person.at);
      const at = {x: x - origin.x, y: y - origin.y};
      const near =
        at.x > -NEAR_EDGE && at.y > -NEAR_EDGE && at.x < width + NEAR_EDGE && at.y < height + NEAR_EDGE;
      if (!near) continue;
      if (at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height) inView.push(person);
      if (person.person.number === this.pointed) pointed = at;
      if (this.selected.has(person.person.number)) chosen.push({...at, people: [person]});
      else apart.push({person, x, y});
    }
    const spots = clustersOf(apart, map.getZoom());
    for (const spot of spots) {
      spot.x -= origin.x;
      spot.y -= origin.y;
    }
    const painter = new MarkerPainter(context, colors, this.#font);
    this.#paint(painter, spots, chosen);
    if (pointed) painter.pointer(pointed);
    if (this.#shape) drawShape(context, colors, this.#outline);
    this.#spots = [...spots, ...chosen];
    const changed = inView.length !== this.inView.length;
    this.inView = inView;
    if (changed) this.dispatchEvent(new CustomEvent('look'));
  }

  #paint(painter: MarkerPainter, spots: readonly Spot[], chosen: readonly Spot[]): void {
    const {textOf, isOld} = this.settings;
    const single: Spot[] = [];
    for (const spot of spots) {
      const [person] = spot.people as [PlacedPerson];
      if (spot.people.length > 1) painter.cluster(spot);
      else {
        painter.lamp(spot, person.person.state, isOld(person), false);
        single.push(spot);
      }
      if (spots.length <= 2 * MOST_NAMES) painter.keepFree(spot);
    }
    for (const spot of chosen) painter.lamp(spot, spot.people[0]!.person.state, isOld(spot.people[0]!), true);
    const named = chosen.length <= MOST_NAMES ? chosen : [];
    for (const spot of named) painter.label(spot, textOf(spot.people[0]!), true);
    if (single.length > MOST_NAMES) return;
    for (const spot of single) painter.label(spot, textOf(spot.people[0]!), false);
  }

  /** Shows the scale, and returns the distance of the grid's lines, in pixels. */
  #showScale(lat: number, size: number): number {
    const perPixel = metersPerPixel(lat, size);
    const meters = roundBelow(perPixel * 120);
    const length = meters / perPixel;
    const far = meters >= 1_000;
    const text = this.settings.localize.number(far ? meters / 1_000 : meters, {
      style: 'unit',
      unit: far ? 'kilometer' : 'meter',
      maximumFractionDigits: 2,
    });
    const now = `${text}\n${length.toFixed(1)}`;
    if (now !== this.#scaleText) {
      this.#scaleText = now;
      this.scale.textContent = text;
      this.#sheet.replaceSync(`.scale{--_length:${length.toFixed(1)}px}`);
    }
    return length;
  }

  #readColors(): Colors {
    const probe = (name: string): string =>
      getComputedStyle(this.renderRoot.querySelector(`.probe .${name}`)!).color;
    this.#font = getComputedStyle(this).fontFamily;
    return Object.fromEntries(COLORS.map((name) => [name, probe(name)])) as Colors;
  }

  get #outline(): readonly Point[] {
    const {box, points} = this.#shape!;
    return box ? boxBetween(points[0]!, points.at(-1)!) : points;
  }

  #pointOf({clientX, clientY}: MouseEvent): Point {
    const {left, top} = this.getBoundingClientRect();
    return {x: clientX - left, y: clientY - top};
  }

  /** Returns what is at a point: of what is drawn one over another, the last. */
  #spotAt({x, y}: Point): Spot | undefined {
    return this.#spots.findLast((spot) => (spot.x - x) ** 2 + (spot.y - y) ** 2 <= (radiusOf(spot) + 6) ** 2);
  }

  #choose(people: readonly PlacedPerson[], how: MapChoice['how']): void {
    const detail: MapChoice = {numbers: people.map(({person}) => person.number), how};
    this.dispatchEvent(new CustomEvent('choose', {detail}));
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    // A second finger zooms.
    if (!event.isPrimary) return this.#drop();
    this.#pressedAt = this.#pointOf(event);
    this.#drew = false;
    const {tool} = this;
    if (event.button !== 0 || (tool === 'move' && !event.shiftKey)) return;
    this.#shape = {
      box: tool !== 'lasso',
      points: [this.#pressedAt],
      adds: event.ctrlKey || event.metaKey || (event.shiftKey && tool !== 'move'),
    };
    // One that is gone already cannot be captured.
    if (this.world.isConnected) this.world.setPointerCapture(event.pointerId);
  };

  readonly #onPointerMove = (event: PointerEvent): void => {
    const point = this.#pointOf(event);
    if (this.#shape) {
      this.#shape.points.push(point);
      return this.redraw();
    }
    if (event.pointerType !== 'mouse' || event.buttons) return;
    const spot = this.#spotAt(point);
    this.world.classList.toggle('over', !!spot);
    this.world.title = spot ? this.#titleOf(spot) : '';
  };

  readonly #onPointerUp = (): void => {
    const shape = this.#shape;
    if (!shape) return;
    const outline = this.#outline;
    this.#shape = undefined;
    this.redraw();
    const [from] = shape.points;
    // A lasso ends where it began.
    this.#drew = shape.points.some(({x, y}) => Math.hypot(x - from!.x, y - from!.y) >= STILL);
    if (!this.#drew) return;
    const {origin, pixelOf} = standOf(this.#map!, this.clientWidth);
    const inside = this.inView.filter(({at}) => {
      const {x, y} = pixelOf(at);
      return isInside({x: x - origin.x, y: y - origin.y}, outline);
    });
    this.#choose(inside, shape.adds ? 'add' : 'replace');
  };

  readonly #drop = (): void => {
    this.#shape = undefined;
    this.redraw();
  };

  readonly #onClick = (event: MouseEvent): void => {
    if (this.#drew || !this.#isStill(event)) return;
    const spot = this.#spotAt(this.#pointOf(event));
    const toggles = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!spot) {
      if (!toggles) this.#choose([], 'replace');
      return;
    }
    const map = this.#map!;
    const opens = spot.people.length > 1 && !toggles && map.getZoom() < map.getMaxZoom();
    if (!opens) return this.#choose(spot.people, toggles ? 'toggle' : 'replace');
    this.#placed = true;
    const around = latLngBounds(placesOf(spot.people));
    const fits = map.getBoundsZoom(around, false, pointOf(2 * MARGIN, 2 * MARGIN));
    // People at one place, or almost, are at least nearer to each other.
    const zoom = Math.min(map.getMaxZoom(), Math.max(fits, map.getZoom() + 1));
    map.setView(around.getCenter(), zoom, {animate: false});
  };

  readonly #onDoubleClick = (event: MouseEvent): void => {
    const point = this.#pointOf(event);
    if (this.tool === 'move' && !this.#spotAt(point)) this.#zoom(1, point);
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const {key, altKey, ctrlKey, metaKey} = event;
    if (altKey || ctrlKey || metaKey || !this.#map) return;
    const arrow = ARROWS[key];
    if (arrow) {
      this.#placed = true;
      this.#map.panBy([arrow[0], arrow[1]], {animate: false});
    } else if (key === '+' || key === '=') this.#zoom(1);
    else if (key === '-' || key === '_') this.#zoom(-1);
    else if (key === 'Home') this.fit();
    else if (key === 'Escape' && this.#shape) this.#drop();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #onCredit = ({target}: Event): void => {
    const slot = target as HTMLSlotElement;
    slot.parentElement!.classList.toggle('none', slot.assignedNodes({flatten: true}).length === 0);
  };

  #isStill(event: MouseEvent): boolean {
    const {x, y} = this.#pointOf(event);
    const from = this.#pressedAt ?? {x, y};
    return Math.hypot(x - from.x, y - from.y) < STILL;
  }

  #titleOf({people}: Spot): string {
    const {localize, textOf} = this.settings;
    if (people.length === 1) {
      const {name, age} = textOf(people[0]!);
      return localize.listed([name, age]);
    }
    return localize.term('mapTogether', String(people.length));
  }
}

const placesOf = (people: readonly PlacedPerson[]): [number, number][] =>
  people.map(({position: {lat, lng}}) => [lat, lng]);

const boundsOf = (corners: readonly [MapPlace, MapPlace]): LatLngBounds =>
  latLngBounds(corners.map(([lat, lng]): [number, number] => [lat, lng]));

/**
 * Returns how the map stands: the size of the whole map and the corner that is in view, and where a point of the map is, all in
 * pixels of the whole map at this zoom. The world repeats: of a point's copies it is the one nearest to the middle.
 */
function standOf(
  map: LeafletMap,
  width: number,
): {readonly size: number; readonly origin: Point; readonly pixelOf: (at: Point) => Point} {
  const size = WORLD * 2 ** map.getZoom();
  const origin = map.getPixelBounds().min!;
  const middle = (origin.x + width / 2) / size;
  return {size, origin, pixelOf: ({x, y}) => ({x: (x - Math.round(x - middle)) * size, y: y * size})};
}

/** What of the ground decides what is in view at first. */
const viewOf = ({picture, bounds, center, zoom}: MapGround): string =>
  JSON.stringify([picture, bounds, center, zoom]);

/** How far beyond the edges people are drawn, in pixels, so that groups do not change there. */
const NEAR_EDGE = 80;

/** Draws a grid whose lines are as far apart as the scale says. */
function drawGrid(
  context: CanvasRenderingContext2D,
  color: string,
  {x, y, width, height, step}: {x: number; y: number; width: number; height: number; step: number},
): void {
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.beginPath();
  for (let at = step - (x % step); at < width; at += step) {
    context.moveTo(Math.round(at) + 0.5, 0);
    context.lineTo(Math.round(at) + 0.5, height);
  }
  for (let at = step - (y % step); at < height; at += step) {
    context.moveTo(0, Math.round(at) + 0.5);
    context.lineTo(width, Math.round(at) + 0.5);
  }
  context.stroke();
}

function drawShape(context: CanvasRenderingContext2D, {accent}: Colors, outline: readonly Point[]): void {
  context.beginPath();
  for (const {x, y} of outline) context.lineTo(x, y);
  context.closePath();
  context.globalAlpha = 0.14;
  context.fillStyle = accent;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 2;
  context.strokeStyle = accent;
  context.setLineDash([6, 4]);
  context.stroke();
  context.setLineDash([]);
}
