/**
 * Checks both packages as their users get them: packs them, checks them with publint, attw and limits of their sizes, and
 * installs them into empty projects. There, a consumer of the elements is type-checked, and imported in Node as by a server
 * that renders pages, the program that checks a journal finds a row that was changed, and the development server prints its
 * help.
 */
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buildServer, SERVER} from './build-server.mjs';
import {buildIfNeeded} from './build.mjs';
import {tool, within} from './project.mjs';

const {name, version, devDependencies} = JSON.parse(readFileSync(within('package.json'), 'utf8'));
const {name: serverName} = JSON.parse(readFileSync(within(`${SERVER}/package.json`), 'utf8'));

/** How large the packages may be unpacked, in bytes. @type {Readonly<Record<string, number>>} */
const LIMITS = {[name]: 12_500_000, [serverName]: 1_000_000};

const folder = mkdtempSync(join(tmpdir(), `${name}-`));
const tags = readdirSync(within('src/define')).map((file) => file.replace(/\.ts$/, ''));

/** A program that uses everything in `exports`. */
const CONSUMER = `
import {SipClient, SipError, type SipCall} from '${name}';
import {connectPhone} from '${name}/frame-host';
import {shareWithHost} from '${name}/frame-phone';
import {dialLinks} from '${name}/links';
import * as Client from '${name}/functions';
import {AllEnum, answerbycallid, connect, hangup, httpUploadStart, httpUploadStop, makeCall, register} from '${name}/functions';
import '${name}/define';
${tags.map((tag) => `import '${name}/elements/${tag}.js';`).join('\n')}

const client = new SipClient({server: 'wss://pbx.example/fswebrtc', user: '1001', password: 'secret'});
const call: SipCall = await client.call('1002', {media: 'video'});
export const answered: number = Client.AllEnum.CallState.CallStateAnswer;
Client.init('10.0.0.5', 7443, '1001', 'secret');
void Client.connect({onCallReceived: (sid) => void Client.Answer(sid)});
// With the names of the ES module build.
export const connected: boolean = await connect({onServerConnect: () => void register(60)});
makeCall('1002', AllEnum.MediaType.MediaTypeAudio, null, null, document.createElement('audio'), false);
export const answering: Promise<unknown> = answerbycallid('a84b4c76e66710', null, document.createElement('video'));
export const upload: XMLHttpRequest = httpUploadStart('a.txt', AllEnum.FileType.FileTypeText, new Blob(['a']));
httpUploadStop(upload);
hangup('5').catch((reason: unknown) => String(reason));
export const phase: string = call.state.phase;
const framed = connectPhone(document.createElement('iframe'), {origin: 'https://phone.example'});
framed.addEventListener('call', ({detail}) => void framed.answer(detail.id));
shareWithHost(client, {origins: ['https://crm.example']});
dialLinks(document.createElement('sip-client'));
export const error: boolean = client.state.error instanceof SipError;

// Fails to compile where an element's tag is not known to the document.
${tags.map((tag) => `document.createElement('${tag}').updateComplete satisfies Promise<boolean>;`).join('\n')}
document.createElement('sip-client').addEventListener('sip-call-received', (event) => {
  const received: SipCall = event.detail.call;
  void received.answer();
});
`;

const COMPILERS = [
  {module: 'NodeNext', moduleResolution: 'NodeNext'},
  {module: 'ESNext', moduleResolution: 'Bundler'},
];

/**
 * A journal of two rows, chained as `docs/journal.md` has it.
 *
 * @param {(row: Record<string, unknown>) => object} [change] Changes a row after it was hashed.
 */
function journalOf(change = (row) => row) {
  let head = '';
  const rows = [1, 2].map((seq) => {
    const row = {
      account: '1001@pbx.example',
      event: 'received',
      id: String(seq),
      kind: 'text',
      previous: head,
      seq,
      text: '李雷',
      time: seq,
    };
    head = createHash('sha256').update(JSON.stringify(row)).digest('hex');
    return change({...row, hash: head});
  });
  return {format: 'sip-elements-journal', version: 1, count: rows.length, head, rows};
}

/**
 * @param {string} title
 * @param {readonly string[]} command
 * @param {{cwd?: string, exits?: number, prints?: RegExp}} [options]
 */
function step(title, [program = '', ...words], {cwd = within(''), exits = 0, prints = /(?:)/} = {}) {
  const {status, stdout, stderr} = spawnSync(program, words, {cwd, encoding: 'utf8', shell: false});
  if (status !== exits || !prints.test(stdout)) throw new Error(`✖ ${title}\n${stdout}${stderr}`);
  console.log(`✔ ${title}`);
  return stdout;
}

/**
 * Requires packages to be within their limits.
 *
 * @param {string} packed What `npm pack --json` printed.
 */
function requireSizes(packed) {
  /** @type {{name: string, unpackedSize: number}[]} */
  const packages = Object.values(JSON.parse(packed));
  for (const {name, unpackedSize} of packages) {
    const title = `${name} has ${megabytes(unpackedSize)} unpacked, of ${megabytes(LIMITS[name] ?? 0)}`;
    if (unpackedSize > (LIMITS[name] ?? 0)) throw new Error(`✖ ${title}`);
    console.log(`✔ ${title}`);
  }
}

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/**
 * @param {string} file Inside the consumer's folder.
 * @param {unknown} content
 */
const write = (file, content) =>
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));

const npm = ['npm', '--silent', '--no-audit', '--no-fund', '--prefer-offline'];
const node = process.execPath;

try {
  const tarball = join(folder, `${name}-${version}.tgz`);
  const serverTarball = join(folder, `${serverName}-${version}.tgz`);
  if (await buildIfNeeded()) throw new Error('✖ builds');
  await buildServer();
  const packing = ['pack', '--json', '--ignore-scripts', '--workspaces', '--pack-destination', folder];
  requireSizes(step('packs', [...npm, ...packing]));
  step('publint', [node, tool('publint/src/cli.js'), tarball, '--strict']);
  step(`publint of ${serverName}`, [node, tool('publint/src/cli.js'), serverTarball, '--strict']);
  step('attw', [node, tool('@arethetypeswrong/cli/dist/index.js'), tarball, '--profile', 'esm-only']);

  mkdirSync(join(folder, 'consumer'));
  write('consumer/package.json', {name: 'consumer', private: true, type: 'module'});
  write('consumer/consumer.ts', CONSUMER);
  const cwd = join(folder, 'consumer');
  step(
    'installs into an empty project',
    [...npm, 'install', tarball, `typescript@${devDependencies.typescript}`],
    {cwd},
  );
  for (const compiler of COMPILERS) {
    const compilerOptions = {
      ...compiler,
      target: 'ES2022',
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      types: [],
    };
    write('consumer/tsconfig.json', {compilerOptions, include: ['consumer.ts']});
    step(
      `types resolve by ${compiler.moduleResolution}`,
      [node, 'node_modules/typescript/bin/tsc', '-p', '.'],
      {cwd},
    );
  }
  const imports = [
    name,
    `${name}/functions`,
    `${name}/define`,
    ...['react', 'vue', 'svelte'].map((framework) => `${name}/${framework}`),
    ...tags.map((tag) => `${name}/elements/${tag}.js`),
  ];
  step(
    'is imported in Node',
    [node, '--input-type=module', '-e', imports.map((path) => `await import('${path}');`).join('\n')],
    {cwd},
  );
  const verify = ['npx', '--no-install', `${name}-journal`, 'verify', 'journal.json'];
  write('consumer/journal.json', journalOf());
  step('checks a journal', verify, {cwd, prints: /^Valid: 2 rows\.$/m});
  write(
    'consumer/journal.json',
    journalOf((row) => (row['seq'] === 2 ? {...row, text: '韩梅'} : row)),
  );
  step('finds the changed row of a journal', verify, {
    cwd,
    exits: 1,
    prints: /^Not valid: row 2 was changed\.$/m,
  });
  mkdirSync(join(folder, 'server'));
  write('server/package.json', {name: 'pages', private: true});
  const served = {cwd: join(folder, 'server')};
  step(
    `${serverName} installs into an empty project`,
    [...npm, 'install', '--ignore-scripts', serverTarball, tarball],
    served,
  );
  step(`${serverName} runs`, ['npx', serverName, '--help'], served);
  step(
    'has its manifest',
    [
      node,
      '--input-type=module',
      '-e',
      `await import('${name}/custom-elements.json', {with: {type: 'json'}});`,
    ],
    {cwd},
  );
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
} finally {
  rmSync(folder, {recursive: true, force: true});
}
