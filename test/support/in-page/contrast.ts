import {executeServerCommand} from '@web/test-runner-commands';

/** Red, green and blue, 0–255. */
type Pixel = readonly [number, number, number];

/** How many pixels of the screen are taken for each CSS pixel: thin lines then have pixels of their own. */
const SCALE = 3;
/** The room around an element, in CSS pixels: what its edge is seen against. */
const AROUND = 5;
/** How much a pixel must change to belong to what is drawn on the ground, all three colors together. */
const DRAWN = 12;

/** The pixels of a part of the page. */
class Pixels {
  readonly #image: ImageData;

  constructor(image: ImageData) {
    this.#image = image;
  }

  get width(): number {
    return this.#image.width;
  }

  get height(): number {
    return this.#image.height;
  }

  at(x: number, y: number): Pixel {
    const {data, width, height} = this.#image;
    const column = Math.min(width - 1, Math.max(0, Math.round(x)));
    const row = Math.min(height - 1, Math.max(0, Math.round(y)));
    const start = 4 * (row * width + column);
    return [data[start]!, data[start + 1]!, data[start + 2]!];
  }

  *[Symbol.iterator](): Generator<readonly [x: number, y: number, pixel: Pixel]> {
    for (let y = 0; y < this.height; y += 1)
      for (let x = 0; x < this.width; x += 1) yield [x, y, this.at(x, y)];
  }
}

/**
 * Measures on the screen how well the text or the icons in an element can be told from what is behind them, a video too:
 * the contrast of WCAG 2 between the color that they are drawn in and the worst place under them. 1 if nothing is seen.
 *
 * What moves meanwhile would be taken for text. An element with several colors is measured part by part.
 */
export async function contrastOf(element: Element): Promise<number> {
  const drawn = await taken(element);
  const show = hideInk(element);
  const ground = await taken(element);
  show();
  let ink: Pixel = [0, 0, 0];
  let most = 0;
  const beneath: Pixel[] = [];
  for (const [x, y, pixel] of drawn) {
    const under = ground.at(x, y);
    const change = pixel.reduce((sum, value, index) => sum + Math.abs(value - under[index]!), 0);
    if (change > DRAWN) beneath.push(under);
    if (change <= most) continue;
    most = change;
    ink = pixel;
  }
  if (!beneath.length) return 1;
  return Math.min(...beneath.map((under) => ratio(ink, under)));
}

/**
 * Measures on the screen how well the edge of an element can be told from what is around it, a video too: on each of its
 * four sides the best contrast between the outside and the border or the inside; the worst side counts.
 */
export async function edgeContrastOf(element: Element): Promise<number> {
  const show = hideInk(element);
  const pixels = await taken(element, AROUND);
  show();
  const {width, height} = pixels;
  const [middle, center] = [width / 2, height / 2];
  const reach = SCALE * AROUND;
  const sides: ((step: number) => Pixel)[] = [
    (step) => pixels.at(step, center),
    (step) => pixels.at(width - 1 - step, center),
    (step) => pixels.at(middle, step),
    (step) => pixels.at(middle, height - 1 - step),
  ];
  return Math.min(
    ...sides.map((side) => {
      const outside = side(SCALE);
      const inwards = Array.from({length: 2 * reach - 2 * SCALE}, (_, step) => side(2 * SCALE + step));
      return Math.max(...inwards.map((inside) => ratio(outside, inside)));
    }),
  );
}

/** Takes what an element looks like on the screen. */
async function taken(element: Element, around = 0): Promise<Pixels> {
  await settled(element);
  const {x, y, width, height} = element.getBoundingClientRect();
  const clip = {
    x: x + scrollX - around,
    y: y + scrollY - around,
    width: width + 2 * around,
    height: height + 2 * around,
    scale: SCALE,
  };
  const {png} = (await executeServerCommand('screen', clip)) as {png: string};
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = Object.assign(document.createElement('canvas'), {width: image.width, height: image.height});
  const context = canvas.getContext('2d', {willReadFrequently: true})!;
  context.drawImage(image, 0, 0);
  return new Pixels(context.getImageData(0, 0, image.width, image.height));
}

/** Resolves once what was changed is on the screen; a running transition would be measured halfway. */
async function settled(element: Element): Promise<void> {
  for (const found of [element, ...inside(element)])
    for (const animation of found.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

/** Hides the text and the icons in an element, and leaves what is behind them. Returns what shows them again. */
function hideInk(element: Element): () => void {
  const all = [element, ...inside(element)].filter(
    (found): found is HTMLElement | SVGElement => 'style' in found,
  );
  const before = all.map((found) => found.getAttribute('style'));
  for (const found of all) {
    if (found instanceof SVGElement) found.style.setProperty('visibility', 'hidden', 'important');
    else found.style.setProperty('-webkit-text-fill-color', 'transparent', 'important');
    found.style.setProperty('transition', 'none', 'important');
  }
  return () =>
    all.forEach((found, index) => {
      const style = before[index] ?? null;
      if (style === null) found.removeAttribute('style');
      else found.setAttribute('style', style);
    });
}

/** Everything in an element, in the shadow trees in it too. */
function inside(element: Element): Element[] {
  const children = [...element.children, ...(element.shadowRoot?.children ?? [])];
  return children.flatMap((child) => [child, ...inside(child)]);
}

/** The contrast of two colors, 1–21 (WCAG 2, contrast ratio). */
function ratio(one: Pixel, other: Pixel): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The relative luminance of a color, 0–1 (WCAG 2). */
function luminance(pixel: Pixel): number {
  const [red = 0, green = 0, blue = 0] = pixel.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
