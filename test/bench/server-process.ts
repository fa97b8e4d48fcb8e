import {startServer} from '../../demo/server/server.js';

/** A server in a process of its own, which says where it is, and what of a processor it has used whenever it is asked. */
const server = await startServer({port: 0});
process.on('message', () => {
  const {user, system} = process.cpuUsage();
  process.send?.((user + system) / 1e6);
});
process.on('disconnect', () => void server.close());
process.send?.(server.url);
