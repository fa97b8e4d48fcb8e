import type {Origin} from '../origin.js';
import type {ApiReply} from './handlers.js';

/**
 * Answers `system.server.logininfo` (docs/protocol/sign-in.md#login-information): every value is a string based on the
 * address that the client used, so that it is also valid behind a reverse proxy. `…WebSocketPATH` is a URL without a
 * final slash (docs/protocol/clients.md#carrier-2). `EchoNumber` is this server's own addition.
 */
export function loginInfo({authority, hostname, port, secure}: Origin, echo: string | undefined): ApiReply {
  const socket = `${secure ? 'wss' : 'ws'}://${authority}`;
  return {
    code: 0,
    body: {
      EXEmployeeLoginSipIP: hostname,
      EXEmployeeLoginICEIP: hostname,
      EXServerWebHttpsPort: port,
      EXRecordServerWebIP: hostname,
      EXRecordServerWebPort: port,
      EXServerWebSocketPATH: socket,
      ServerWebHttpsPort: port,
      RecordServerWebIP: hostname,
      RecordServerWebPort: port,
      ServerWebSocketPATH: socket,
      ...(echo !== undefined && {EchoNumber: echo}),
    },
  };
}
