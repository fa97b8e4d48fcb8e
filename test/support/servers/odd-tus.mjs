import {buffer} from 'node:stream/consumers';

const PATH = /^\/odd-tus\/([\w-]+)(\/file)?$/;

/**
 * A tus server (tus 1.0) that is of no use, as a test writes into its address, `/odd-tus/{id}?how=nothing`: `nothing` reads what
 * is sent and has none of it, `beyond` has more than there is, `less` forgets what it had, `silent` takes the file and never
 * answers, `mute` answers nothing at all. `GET` tells how often each method was asked for.
 *
 * @returns {import('koa').Middleware}
 */
export function oddTus() {
  /** @type {Map<string, Record<string, number>>} */
  const all = new Map();
  return async (context, next) => {
    const [, id, isFile] = PATH.exec(context.path) ?? [];
    if (!id) return next();
    const asked = all.get(id) ?? {};
    all.set(id, asked);
    const {method, req: request} = context;
    if (method === 'GET') {
      context.body = asked;
      return undefined;
    }
    asked[method] = (asked[method] ?? 0) + 1;
    const {how} = context.query;
    context.set('Tus-Resumable', '1.0.0');
    if (!isFile && how !== 'mute') {
      context.status = 201;
      context.set('Location', `/odd-tus/${id}/file?how=${how}`);
      return undefined;
    }
    await buffer(request);
    if (how === 'silent' || how === 'mute') {
      context.status = 200;
      context.respond = false;
      return undefined;
    }
    context.status = 204;
    const offset = how === 'nothing' ? 0 : how === 'less' ? -asked[method] : 1_000_000 + asked[method];
    context.set('Upload-Offset', String(offset));
    return undefined;
  };
}
