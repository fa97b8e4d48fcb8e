/**
 * Writes `src/elements/shared/icons.ts` from Lucide's drawings, with only those that the elements use. Drawings that
 * are loaded later than the elements are written to separate files.
 *
 * With `--check` it writes nothing and fails if a file differs from what it would write.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {format, resolveConfig} from 'prettier';
import {requireCurrent, within} from './project.mjs';

/** Lucide's names (https://lucide.dev/icons); `phone-off` becomes `phoneOffIcon`. */
const ICONS = [
  'bell',
  'delete',
  'eye',
  'info',
  'monitor-up',
  'phone',
  'phone-off',
  'siren',
  'triangle-alert',
  'video',
  'volume-2',
  'x',
];

/** The icons of what is loaded later: their files, what they belong to, and their names. */
const LATER = /** @type {const} */ ([
  ['sip-call/icons', 'a call in progress', ['chevron-up', 'maximize', 'minimize', 'sliders-horizontal']],
  ['sip-call/encryption-icons', 'the encryption of a call', ['lock', 'lock-open']],
  [
    'sip-channels/icons',
    'talk groups',
    ['ban', 'chevrons-up', 'circle', 'clock', 'ear', 'layers', 'move', 'rotate-ccw', 'unplug'],
  ],
  [
    'sip-console/icons',
    'a desk',
    [
      'app-window',
      'columns-2',
      'layout-dashboard',
      'lock',
      'notebook-pen',
      'panel-left',
      'panel-right',
      'rows-2',
      'scroll-text',
      'user-round-check',
    ],
  ],
  [
    'sip-conference/icons',
    'a conference',
    ['ear', 'ear-off', 'file-play', 'chevron-left', 'maximize', 'pin', 'power', 'square-user', 'user-plus'],
  ],
  ['shared/tiles/icons', 'pages of tiles', ['plus']],
  ['sip-keys/icons', 'keys of people and groups', ['grip-vertical', 'pencil', 'rotate-ccw']],
  ['sip-messages/icons', 'messages', ['arrow-down', 'clock', 'paperclip', 'send', 'square-pen']],
  [
    'sip-monitor/icons',
    'a wall of pictures',
    [
      'ban',
      'chevron-left',
      'lock',
      'maximize',
      'minimize',
      'pencil',
      'plus',
      'repeat',
      'unplug',
      'user-plus',
      'volume-x',
    ],
  ],
  ['sip-queue/icons', 'the queue of calls', ['replace']],
  ['sip-check/icons', 'the check of calls', ['clock', 'minus', 'stethoscope']],
  ['sip-recall/icons', 'what was heard', ['rotate-ccw', 'save']],
  ['sip-recordings/icons', 'recordings', ['chevron-up', 'pencil']],
  [
    'sip-journal/icons',
    'a journal',
    ['list-checks', 'notebook-pen', 'scroll-text', 'shield-check', 'user', 'wifi-off'],
  ],
  ['sip-map/icons', 'a map', ['lasso', 'list', 'maximize', 'minus', 'plus', 'square-dashed']],
  ['shared/captions/icons', 'captions', ['captions', 'captions-off']],
  ['shared/camera/icons', 'the button that switches the camera', ['switch-camera']],
  ['shared/pbx/icons', 'features of a PBX', ['circle-parking', 'speech', 'voicemail']],
  ['sip-phone/icons', 'a whole phone', ['settings']],
  [
    'shared/icons/phone',
    'a phone before a call',
    ['bell-off', 'chevron-down', 'grid-3x3', 'history', 'log-out', 'message-square', 'users'],
  ],
  [
    'shared/icons/controls',
    'the controls of a call',
    [
      'camera',
      'check',
      'circle-dot',
      'circle-stop',
      'mic',
      'mic-off',
      'monitor-off',
      'pause',
      'phone-forwarded',
      'play',
      'video-off',
    ],
  ],
  ['shared/selection/icons', 'a selection', ['list-checks']],
  ['shared/icons/sound', 'the sound of a call', ['megaphone', 'volume-x']],
  [
    'shared/icons/later',
    'what is loaded later',
    [
      'cctv',
      'check-check',
      'chevron-right',
      'download',
      'ellipsis',
      'file',
      'keyboard',
      'layout-grid',
      'map-pin',
      'phone-incoming',
      'phone-missed',
      'phone-outgoing',
      'picture-in-picture-2',
      'radio',
      'rotate-cw',
      'search',
      'smartphone',
      'square',
      'trash-2',
      'upload',
    ],
  ],
  ['shared/icons/supervision', 'interventions in calls of others', ['ear', 'unplug', 'user-plus']],
]);

/** The drawings that point to where a line goes on: mirrored if that is to the left. */
const ONWARD = ['chevron-left', 'chevron-right', 'log-out', 'phone-forwarded', 'send'];

/** The drawings that are filled, and smaller: an empty square is a checkbox. */
const FILLED = ['square'];

const FOLDER = 'src/elements';
const SOURCE = 'node_modules/lucide-static';

const HEADER = `
/**
 * Icons, written by \`npm run icons\`: a change belongs in \`scripts/icons.mjs\`.
 *
 * The drawings are Lucide's (https://lucide.dev). Each is drawn in the color of the text and hidden from assistive
 * technology: the control that shows it has a name of its own.
 *
 * @license
${readFileSync(within(`${SOURCE}/LICENSE`), 'utf8')
  .trim()
  .replace(/^airplay,[^\n]*\n/m, 'check, headphones and others, listed in the licence of lucide-static\n')
  .split('\n')
  .map((line) => ` * ${line}`.trimEnd())
  .join('\n')}
 */
import {html, svg, type SVGTemplateResult, type TemplateResult} from 'lit';
import {drawn} from './icons/drawn.js';

/** Makes an icon of a drawing, which the page may replace by its name. */
export const icon = (name: string, drawing: SVGTemplateResult): TemplateResult => html\`<svg
  class="icon"
  viewBox="0 0 24 24"
  width="20"
  height="20"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true"
  focusable="false"
>\${drawn(name, drawing)}</svg>\`;
`;

/** @param {string} name */
function constantOf(name) {
  const drawing = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(
    readFileSync(within(`${SOURCE}/icons/${name}.svg`), 'utf8'),
  )?.[1];
  if (!drawing) throw new Error(`Lucide's ${name}.svg is not what this script reads.`);
  const identifier = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const lines = drawing
    .trim()
    .split(/\s*\n\s*/)
    .map((line) => line.replace(' />', '/>'));
  if (ONWARD.includes(name)) lines.splice(0, lines.length, '<g class="onward">', ...lines, '</g>');
  if (FILLED.includes(name))
    lines.splice(
      0,
      lines.length,
      '<g fill="currentColor" transform="matrix(.6 0 0 .6 4.8 4.8)">',
      ...lines,
      '</g>',
    );
  return `/** Lucide's \`${name}\`. */\nexport const ${identifier}Icon = icon('${name}', svg\`${lines.join('')}\`);\n`;
}

/** @param {string} file @param {string} owner */
const headerOf = (file, owner) => `
/**
 * Icons of ${owner}, written by \`npm run icons\` as \`shared/icons.ts\` is; its licence holds here as well.
 */
import {svg} from 'lit';
import {icon} from '${'../'.repeat(file.split('/').length - 1)}shared/icons.js';
`;

/** @param {string} file @param {readonly string[]} parts */
async function write(file, parts) {
  const path = within(file);
  const wanted = await format(parts.join('\n').trimStart(), {
    ...(await resolveConfig(path)),
    filepath: path,
  });
  if (process.argv.includes('--check')) {
    requireCurrent(file, existsSync(path) ? readFileSync(path, 'utf8') : '', wanted, 'npm run icons');
  } else {
    writeFileSync(path, wanted);
  }
}

/** @param {readonly string[]} names */
const listOf = (names) => `[${names.map((name) => `'${name}'`).join(', ')}] as const`;

const all = [...new Set([...ICONS, ...LATER.flatMap(([, , names]) => names)])].sort();
const NAMES = `
/** The names of all icons, written by \`npm run icons\`. */
export const ICON_NAMES = ${listOf(all)};

/** The name of an icon: that of Lucide's drawing. */
export type IconName = (typeof ICON_NAMES)[number];

/** The icons that are mirrored in text from right to left. */
export const ONWARD_ICONS: readonly IconName[] = ${listOf(ONWARD)};
`;

await write(`${FOLDER}/shared/icons.ts`, [HEADER, ...ICONS.map(constantOf)]);
for (const [file, owner, names] of LATER)
  await write(`${FOLDER}/${file}.ts`, [headerOf(file, owner), ...names.map(constantOf)]);
await write(`${FOLDER}/shared/icons/names.ts`, [NAMES]);
