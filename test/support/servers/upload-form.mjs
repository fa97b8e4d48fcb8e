import {createHash} from 'node:crypto';
import {setTimeout as pause} from 'node:timers/promises';
import {Busboy} from '@fastify/busboy';

const PATH = /^\/upload-form\/([\w-]+)(\/go)?$/;

/**
 * A server's upload form that does what a test writes into its address, `/upload-form/{id}`: `cut=2` cuts the first two
 * connections in the middle, `silent=1` reads nothing of the first request, `slow=50` waits between two reads, in
 * milliseconds, `hold` answers when `POST …/go` is asked for, `status=413` answers with that. `GET` tells what came. `/UpFileServlet`, where a
 * dispatch server has its form, is the one with the id `servlet`.
 *
 * @returns {import('koa').Middleware}
 */
export function uploadForm() {
  /** @type {Map<string, {asked: number, open: number, peak: number, forms: object[], held: (() => void)[]}>} */
  const all = new Map();
  return async (context, next) => {
    const [, id, go] = context.path === '/UpFileServlet' ? ['', 'servlet'] : (PATH.exec(context.path) ?? []);
    if (!id) return next();
    if (!all.has(id)) all.set(id, {asked: 0, open: 0, peak: 0, forms: [], held: []});
    const state = all.get(id);
    if (context.method === 'GET') {
      const {held: _, ...told} = state;
      context.body = told;
    } else if (go) {
      for (const answer of state.held.splice(0)) answer();
      context.status = 204;
    } else {
      state.asked += 1;
      state.peak = Math.max(state.peak, (state.open += 1));
      try {
        await take(context, state, context.query);
      } finally {
        state.open -= 1;
      }
    }
  };
}

async function take(context, state, {cut = 0, silent = 0, slow = 0, hold, status = 200}) {
  const {req: request, res: response} = context;
  const gone = new Promise((resolve) => response.once('close', resolve));
  // The connection is meant to end in the middle.
  context.onerror = () => {};
  context.status = 200;
  if (state.asked <= Number(silent)) {
    context.respond = false;
    return gone;
  }
  if (state.asked <= Number(cut)) {
    context.respond = false;
    request.once('data', () => request.socket.destroy());
    return gone;
  }
  const form = {parts: []};
  const busboy = new Busboy({headers: request.headers});
  busboy.on('field', (name, value) => form.parts.push([name, value]));
  busboy.on('file', (name, stream, fileName, _encoding, type) => {
    const hash = createHash('sha256');
    const file = {name: fileName, type, size: 0, sha256: ''};
    form.parts.push([name, file]);
    stream.on('data', (part) => {
      file.size += part.length;
      hash.update(part);
    });
    stream.on('end', () => (file.sha256 = hash.digest('hex')));
  });
  const read = new Promise((resolve) => busboy.once('finish', () => resolve(true)));
  void (async () => {
    for await (const part of request) {
      busboy.write(part);
      if (Number(slow)) await pause(Number(slow));
    }
    busboy.end();
  })().catch(() => {});
  const complete = await Promise.race([read, gone.then(() => request.complete)]);
  if (!complete || response.destroyed) {
    context.respond = false;
    return;
  }
  await read;
  state.forms.push(form);
  if (hold !== undefined) await Promise.race([new Promise((go) => state.held.push(go)), gone]);
  context.status = Number(status);
  context.body = JSON.stringify({code: 0, fileid: `file-${state.forms.length}`});
}
