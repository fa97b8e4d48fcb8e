/** What may import what, and that no imports run in a circle: `npm run lint`. Types count as well. */

const LIT = ['lit', '@lit/context', '@shoelace-style/localize'];

/**
 * The layers, by the beginning of a path: a file belongs to the longest that fits. A layer may import itself and `imports`;
 * of `later` it may import types, and the rest by `import()` alone, so that nothing of it is loaded before it is used.
 * `packages` are the dependencies that it may name: every one if there is no list.
 *
 * @type {Readonly<Record<string, {imports?: readonly string[], later?: readonly string[], packages?: readonly string[]}>>}
 */
const LAYERS = {
  'src/errors': {packages: []},
  'src/durations': {packages: []},
  'src/locks': {packages: []},
  'src/stopwatch': {packages: []},
  'src/task-queue': {packages: []},
  'src/within': {packages: []},
  'src/core': {
    imports: ['src/errors', 'src/durations', 'src/locks', 'src/stopwatch', 'src/task-queue', 'src/within'],
    later: ['src/media'],
    packages: [],
  },
  'src/media': {
    imports: ['src/errors', 'src/durations', 'src/locks', 'src/task-queue', 'src/within'],
    later: ['src/media/recording/remux'],
    packages: [],
  },
  'src/media/recording/remux': {
    imports: ['src/media', 'src/media/recording/opus-file'],
    packages: ['mediabunny'],
  },
  'src/elements/sip-desk-link/qr-code': {packages: [...LIT, 'uqr']},
  'src/core/recordings/tus-sender': {
    imports: ['src/core', 'src/durations', 'src/within'],
    packages: ['tus-js-client'],
  },
  'src/media/recording/opus-file': {packages: ['mediabunny']},
  'src/sip': {
    imports: [
      'src/core',
      'src/media',
      'src/errors',
      'src/durations',
      'src/locks',
      'src/stopwatch',
      'src/task-queue',
      'src/within',
    ],
    packages: ['@noble/hashes'],
  },
  'src/sip/sip-js': {packages: ['sip.js']},
  'src/dispatch': {
    imports: ['src/sip', 'src/core', 'src/media', 'src/errors', 'src/durations', 'src/within'],
    packages: ['@noble/hashes'],
  },
  'src/standard': {
    imports: ['src/sip', 'src/core', 'src/media', 'src/errors', 'src/durations'],
    packages: ['@noble/hashes'],
  },
  // The development server shares these: they bring nothing of a browser with them.
  'src/dispatch/protocol': {packages: []},
  'src/core/util/shortened': {packages: []},
  'src/sip/headers/sip-reader': {packages: []},
  'src/sip/headers/header-values': {imports: ['src/sip/headers/sip-reader'], packages: []},
  'src/sip/headers/grammar': {
    imports: ['src/sip/headers/header-values', 'src/sip/headers/sip-reader', 'src/sip/sip-js'],
    packages: [],
  },
  'src/client': {
    imports: ['src/profile-client', 'src/core', 'src/errors'],
    later: ['src/dispatch', 'src/standard', 'src/sip', 'src/media'],
    packages: [],
  },
  'src/dispatch-client': {imports: ['src/profile-client', 'src/core'], later: ['src/dispatch'], packages: []},
  'src/profile-client': {imports: ['src/core'], packages: []},
  'src/context': {imports: ['src/core', 'src/errors'], packages: LIT},
  'src/locales': {imports: ['src/core', 'src/errors'], packages: LIT},
  'src/controllers': {imports: ['src/context', 'src/locales', 'src/core', 'src/errors'], packages: LIT},
  'src/elements': {
    imports: ['src/controllers', 'src/context', 'src/locales', 'src/core', 'src/errors', 'src/durations'],
    later: ['src/media', 'src/links'],
    packages: LIT,
  },
  // Nothing but the map needs a library that moves maps.
  'src/elements/sip-map': {
    imports: ['src/elements', 'src/controllers', 'src/locales', 'src/core', 'src/errors'],
    packages: [...LIT, 'leaflet'],
  },
  'src/elements/sip-directory/pinyin': {packages: ['pinyin-match']},
  'src/elements/sip-client': {
    imports: [
      'src/client',
      'src/elements',
      'src/controllers',
      'src/context',
      'src/locales',
      'src/core',
      'src/errors',
    ],
    later: ['src/media'],
    packages: LIT,
  },
  'src/define': {imports: ['src/elements', 'src/context', 'src/locales'], packages: LIT},
  'src/functions': {
    imports: ['src/dispatch-client', 'src/core', 'src/durations', 'src/errors', 'src/dispatch/protocol'],
    packages: [],
  },
  // Pages load these by themselves: their limits keep them small.
  'src/frames': {imports: ['src/core', 'src/errors'], packages: []},
  'src/frame-host': {imports: ['src/frames', 'src/core'], packages: []},
  'src/frame-phone': {imports: ['src/frames', 'src/core'], packages: []},
  'src/background': {imports: ['src/media/devices', 'src/media/effects'], packages: []},
  'src/noise-suppression': {imports: ['src/media/devices', 'src/media/effects'], packages: []},
  'src/links': {imports: ['src/core', 'src/locks'], packages: []},
  'src/protocol-handler': {imports: ['src/links'], packages: []},
  'src/index': {
    imports: [
      'src/client',
      'src/context',
      'src/controllers',
      'src/core',
      'src/dispatch',
      'src/elements',
      'src/errors',
      'src/locales',
      'src/media',
      'src/sip',
      'src/standard',
    ],
    packages: LIT,
  },
  'src/beside-worker': {imports: ['src/core/tabs/shared-phone'], packages: []},
  'src/sip-elements': {imports: ['src/beside-worker', 'src/define', 'src/index'], packages: []},
  'src/ready': {imports: ['src/beside-worker', 'src/define'], packages: ['@lit/context']},
  'src/loading': {packages: []},
  'src/sip-elements-loader': {
    imports: ['src/loading', 'src/core/tabs/shared-phone'],
    later: ['src/define', 'src/index'],
    packages: ['@lit/context'],
  },
  // A program for Node.
  'src/journal-program': {imports: ['src/core/journal/journal-chain']},
  // A service worker: a script by itself.
  'src/sip-notification-worker': {packages: []},
  'src/sip-push-worker': {
    imports: ['src/core/push/push-store', 'src/core/util/plain-name', 'src/locales/push-texts'],
    packages: [],
  },
  // A shared worker: a script by itself, without sip.js.
  'src/sip-encryption-worker': {imports: ['src/media/encryption'], packages: []},
  'src/sip-shared-worker': {imports: ['src/sip/sharing', 'src/dispatch/sharing'], packages: []},
  'src/sip/sharing': {
    imports: [
      'src/core/tabs/sharing-version',
      'src/core/util/collections/newest',
      'src/core/util/url',
      'src/durations',
      'src/locks',
      'src/stopwatch',
      'src/sip/headers/header-values',
      'src/sip/headers/sip-reader',
    ],
    packages: [],
  },
  'src/dispatch/sharing': {
    imports: [
      'src/core/types',
      'src/durations',
      'src/locks',
      'src/sip/sharing',
      'src/sip/headers/media-type',
      'src/dispatch/envelope',
      'src/dispatch/expiring-map',
      'src/dispatch/protocol',
      'src/dispatch/reply-match',
    ],
    packages: [],
  },
  server: {
    imports: [
      'src/dispatch/protocol',
      'src/sip/headers/header-values',
      'src/sip/headers/sip-reader',
      'src/sip/headers/grammar',
      'src/core/util/shortened',
      'demo/infra/kamailio/web-push',
    ],
  },
  // Pages use the built package and nothing else.
  demo: {
    imports: ['/sip-elements', '/loader', '/frame-host', '/frame-phone', '/background', '/noise-suppression'],
    packages: [],
  },
  // Configurations of servers, and a program for Node beside them.
  'demo/infra': {},
};

/** @param {string} path */
const under = (path) => `^${path.replaceAll('.', String.raw`\.`)}([/.]|$)`;

/** @param {string} name */
const inPackage = (name) => `^node_modules/${name}/`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const layers = Object.entries(LAYERS).flatMap(([name, {imports = [], later = [], packages}]) => {
  const inner = Object.keys(LAYERS).filter((other) => other.startsWith(`${name}/`));
  const from = {path: under(name), pathNot: inner.map(under)};
  const allowed = [name, ...imports].map(under);
  const named = packages ? packages.map(inPackage) : ['^node_modules/'];
  return [
    {
      name: `${name} imports`,
      comment: `${name} may import ${[...imports, ...later, ...(packages ?? [])].join(', ') || 'nothing'}.`,
      severity: 'error',
      from,
      to: {
        pathNot: [...allowed, ...later.map(under), ...named],
        ...(packages ? {} : {dependencyTypesNot: ['core']}),
      },
    },
    ...(later.length > 0
      ? [
          /** @type {import('dependency-cruiser').IForbiddenRuleType} */ ({
            name: `${name} imports later`,
            comment: `${name} imports ${later.join(', ')} by import() alone, its types freely.`,
            severity: 'error',
            from,
            to: {path: later.map(under), dynamic: false, dependencyTypesNot: ['type-only']},
          }),
        ]
      : []),
  ];
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {name: 'no-cycle', severity: 'error', from: {}, to: {circular: true}},
    {
      name: 'no-folder-cycle',
      comment: 'The folders of src/core import each other in one direction only.',
      severity: 'error',
      scope: 'folder',
      from: {path: '^src/core/'},
      to: {path: '^src/core/', circular: true},
    },
    {
      name: 'no-layer',
      comment: 'Every file of src belongs to a layer: give its folder an entry in .dependency-cruiser.mjs.',
      severity: 'error',
      from: {path: '^src/', pathNot: Object.keys(LAYERS).map(under)},
      to: {},
    },
    {
      name: 'sip-core-only',
      comment:
        'Of sip.js, src uses lib/core alone: its user agent and its media for browsers are never bundled.',
      severity: 'error',
      from: {path: '^src/'},
      to: {path: 'node_modules/sip\\.js/', pathNot: 'node_modules/sip\\.js/lib/core/'},
    },
    ...layers,
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    // The frameworks need packages that only their applications install; the server's program runs what is built.
    exclude: {path: ['^(demo|src)/frameworks/', '^server/(bin|dist)/']},
    tsConfig: {fileName: 'tsconfig.json'},
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default']},
  },
};
