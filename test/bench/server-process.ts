import {startServer} from '../../server/server.js';
import {USER_TYPE} from '../../src/dispatch/protocol.js';

/** A server in a process of its own, with so many users from 1001 on if a number is given, which says where it is, and what of a processor it has used whenever it is asked. */
const count = Number(process.argv[2] ?? 0);
const users = Array.from({length: count}, (_, index) => {
  const number = String(1001 + index);
  return {number, name: number, password: '1234', type: USER_TYPE.dispatcher};
});
const server = await startServer({port: 0, ...(count > 0 && {users})});
process.on('message', () => {
  const {user, system} = process.cpuUsage();
  process.send?.((user + system) / 1e6);
});
process.on('disconnect', () => void server.close());
process.send?.(server.url);
