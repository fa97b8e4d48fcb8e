/**
 * A server that takes a request and says nothing: `/silence`.
 *
 * @returns {import('koa').Middleware}
 */
export function silence() {
  return (context, next) => {
    if (context.path !== '/silence') return next();
    context.status = 200;
    context.respond = false;
    return undefined;
  };
}
