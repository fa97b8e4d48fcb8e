import {DispatchClient} from '../dispatch-client.js';
import {API_HEADER} from '../dispatch/protocol.js';
import {parseApiRequest, type ApiRequestObject} from '../core/server/api-request.js';
import {SipError, toSipError} from '../errors.js';
import {Account} from './account.js';
import {reportFailure, type ClientDelegate} from './delegate.js';
import {
  accountOf,
  comingAccount,
  numberOf,
  promise,
  promiseSuccess,
  report,
  requiredText,
  textOf,
  use,
  vacancy,
} from './run.js';

/**
 * Sets up the client; another call ends the previous client.
 *
 * @param serverip - The server's address; unencrypted only if the server is this machine and the page came over http.
 * @param serverport - The server's port, as text or as a number.
 */
export function init(serverip: string, serverport: string | number, userid: string, userpwd: string): void {
  report('init', async () => {
    const host = requiredText('init', 'serverip', serverip);
    const port = numberOf('init', 'serverport', serverport);
    if (port < 1 || port > 65_535)
      throw new SipError('bad-argument', {subject: `init, serverport “${port}”`});
    const user = requiredText('init', 'userid', userid);
    try {
      use(
        new Account(
          new DispatchClient({
            host,
            port,
            user,
            password: String(userpwd ?? ''),
            // The page rings, and decides which of its calls are active.
            ringtone: 'none',
            callTones: false,
            parallelCalls: true,
            maxCalls: 64,
            historyStorage: 'none',
            // The page could not find stored recordings again.
            recordingsStorage: 'memory',
          }),
        ),
      );
    } catch (cause) {
      const [argument, value] = toSipError(cause).subject?.startsWith('user')
        ? ['userid', user]
        : ['serverip', host];
      throw new SipError('bad-argument', {subject: `init, ${argument} “${value}”`, cause});
    }
  });
}

/**
 * Connects to the server; if that fails, also calls `onServerDisconnect(error)` and `onServerConnectState(false)`.
 *
 * @param callback - The page's callbacks.
 */
export function connect(callback?: ClientDelegate): Promise<true> {
  return promiseSuccess('connect', async () => {
    if (callback !== undefined && callback !== null && typeof callback !== 'object')
      throw new SipError('bad-argument', {subject: 'connect, callback'});
    const account = comingAccount();
    if (!account) {
      const error = new SipError('not-initialized', {subject: 'connect'});
      reportFailure(callback ?? {}, error);
      throw error;
    }
    if (callback) account.delegate = callback;
    await account.connect(vacancy());
  });
}

/** Ends all calls, the registration and the connection; of a client that the page has given, only the callbacks. */
export function disconnect(): Promise<true> {
  return promiseSuccess('disconnect', async () => {
    const account = comingAccount();
    if (!account) throw new SipError('not-initialized', {subject: 'disconnect'});
    await account.disconnect();
  });
}

/**
 * Registers; resolves when the server has accepted, and rejects with the reason of a refusal.
 *
 * @param timeexp - Seconds, 1–600; any other value means 60.
 */
export function Register(timeexp?: number | string): Promise<true> {
  return promiseSuccess('Register', () => {
    const seconds = Number(textOf(timeexp) || NaN);
    const allowed = Number.isInteger(seconds) && seconds >= 1 && seconds <= 600;
    return accountOf('Register').register(allowed ? seconds : 60);
  });
}

export function UnRegister(): Promise<true> {
  return promiseSuccess('UnRegister', () => accountOf('UnRegister').client.unregister());
}

/** Opens the API's WebSocket and logs in; asks the server for the address first. */
export function ConnWebSocket(): Promise<void> {
  return promise('ConnWebSocket', () => accountOf('ConnWebSocket').client.connectApi());
}

export function DisConnWebSocket(): Promise<void> {
  return promise('DisConnWebSocket', () => accountOf('DisConnWebSocket').client.disconnectApi());
}

/**
 * Sends a message to the server's API unchanged; the reply arrives as `onAPIReceived`.
 *
 * @param msg - JSON text: `{"header": …, "body": …}`.
 */
export function SendAPI(msg: string): void {
  report('SendAPI', async () => {
    const account = accountOf('SendAPI');
    const request = requestOf(msg);
    account.sends(request.msgid);
    await account.client.sendApi(request);
  });
}

/**
 * Returns the server's description of its other services, unchanged (docs/protocol/sign-in.md#login-information).
 */
export function GetEmployeeLoginInfo(): Promise<unknown> {
  return promise('GetEmployeeLoginInfo', async () => {
    const {client} = accountOf('GetEmployeeLoginInfo');
    const {code, body} = await client.sendApi({header: API_HEADER.loginInfo});
    if (code) throw toSipError({apiCode: code}, API_HEADER.loginInfo);
    return body[0] ?? {};
  });
}

function requestOf(msg: string): ApiRequestObject {
  try {
    return parseApiRequest(typeof msg === 'string' ? msg : JSON.stringify(msg));
  } catch (cause) {
    throw new SipError('bad-argument', {subject: 'SendAPI, msg', cause});
  }
}
