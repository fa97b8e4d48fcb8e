import {join} from 'node:path';
import {API_USER} from '../src/dispatch/protocol.js';
import {Access} from './access.js';
import {Attempts} from './attempts.js';
import {ApiServer} from './api/api-server.js';
import {findBuilt, type BuiltFiles} from './built-files.js';
import {registerCallHandlers} from './calls/index.js';
import {registerDirectoryHandlers} from './directory/index.js';
import {Documentation} from './documentation.js';
import {DEMO_FOLDER, LIBRARY_FOLDER} from './folders.js';
import {servePages} from './http.js';
import {listen, stop} from './listen.js';
import {reasonOf, silent, type Log} from './log.js';
import {MessageRelay} from './messages.js';
import {pause} from './pause.js';
import {Pushes} from './push/pushes.js';
import type {InviteOrder, ServerServices} from './services.js';
import {SipHub} from './sip/index.js';
import {SocketServer} from './sockets.js';
import {Uploads} from './uploads/index.js';
import {selfSigned, type Certificate} from './tls.js';
import {Tokens} from './sip/tokens.js';
import {Users, type GroupRecord, type IntercomRecord, type UserRecord} from './users.js';

/** How the server runs. Times are in milliseconds unless stated otherwise. */
export interface ServerOptions {
  /** 8080 by default; 0 chooses a free port. */
  readonly port?: number;
  /** A single address to listen on; by default only loopback, 127.0.0.1 and ::1. */
  readonly host?: string;
  /** Serves https and wss; `true` creates a self-signed certificate. */
  readonly tls?: boolean | Certificate;
  /** Whether an asker gets the reply or the INVITE first; the reply by default. */
  readonly inviteOrder?: InviteOrder;
  /** The accounts; those of `users.ts` by default. */
  readonly users?: readonly UserRecord[];
  /** The groups of the directory; those of `users.ts` by default. */
  readonly groups?: readonly GroupRecord[];
  /** The intercom groups; those of `users.ts` by default. */
  readonly intercoms?: readonly IntercomRecord[];
  /** The number that sends back what it hears and sees, if no account has it: 9999; an empty one for none. */
  readonly echo?: string;
  /** How long a call to it may last: 10 minutes. */
  readonly echoTimeout?: number;
  /** How often positions are sent to their followers: 5 s. */
  readonly positionInterval?: number;
  readonly log?: Log;
  /** How long a callee may ring: 30 s. */
  readonly noAnswerTimeout?: number;
  /** How long a user may take to answer the INVITE of a session that they asked for: a minute. */
  readonly askerTimeout?: number;
  /** The most open sessions that a user may have asked for: 50. */
  readonly sessionsLimit?: number;
  /** How long a speaker may have the floor of an intercom: 60 s. */
  readonly floorTimeout?: number;
  /** How many users other than dispatchers may wait for the floor of an intercom: 3. */
  readonly floorQueue?: number;
  /** How long a binding is kept after it expired, in seconds: 5. */
  readonly registrationGrace?: number;
  /** How long the answered calls of a client wait after its connection has closed: 30 s. */
  readonly returnTimeout?: number;
  /** How long a call waits for a closed page that a push wakes: a minute. */
  readonly wakeTimeout?: number;
  /** Hosts that pushes may go to, besides the push services of browsers, with their ports. */
  readonly pushHosts?: readonly string[];
  /** How long a digest challenge may be answered: a day. */
  readonly nonceLifetime?: number;
  /** How long an API socket may stay open without a login: a minute. */
  readonly loginTimeout?: number;
  /** How long an HTTP client may neither send nor read: a minute. */
  readonly silenceTimeout?: number;
  /** How often WebSockets are pinged: 30 s. */
  readonly pingInterval?: number;
  /** The most WebSockets of an address that have not logged in: 200. */
  readonly strangersLimit?: number;
  /** The folder of pages: `demo`. */
  readonly pages?: string;
  /** The folder of the built elements, or what finds their files while they are being built: `dist`. */
  readonly dist?: string | BuiltFiles;
  /** The folder of the documentation site: `.cache/docs`. */
  readonly docs?: string;
  /** Builds the documentation if it is missing or old, or rejects with the reason; called at the first request for it. */
  readonly buildDocs?: () => Promise<void>;
  /** The folder of uploaded files, created with the first upload: `.cache/uploads`. */
  readonly uploads?: string;
  /** How large an uploaded file may be, in bytes: 200 MB. */
  readonly uploadLimit?: number;
  /** How many bytes all uploaded files may take together: 2 GB. */
  readonly uploadsLimit?: number;
  /** The most uploaded files: 10,000. */
  readonly filesLimit?: number;
  /** The most messages that are kept for an absent user: 100. */
  readonly keptMessages?: number;
  /** The most bytes that they may take together: 16 MB. */
  readonly keptBytes?: number;
  /** Additional host names, and sites whose pages may use the server, besides this machine's own. */
  readonly allowedHosts?: readonly string[];
}

/** A running server. */
export interface DispatchServer {
  /** The URL of its pages, with a final slash. */
  readonly url: string;
  readonly port: number;
  /** Its certificate, if it serves https. */
  readonly certificate: Certificate | undefined;
  /** Returns a token that signs a user in for a number of seconds (docs/protocol/sign-in.md#tokens). */
  issueToken(user: string, seconds: number): string;
  /** Ends calls, sockets and listeners; resolves when that is done. Idempotent. */
  close(): Promise<void>;
  /** Returns the numbers of open resources, by name; all zero if no client is connected. */
  stats(): Readonly<Record<string, number>>;
}

/** How long clients may take to answer the BYEs of a closing server, in milliseconds. */
const FAREWELL = 2000;

const MEGABYTE = 1024 * 1024;

/** Starts a development server; rejects with the system's error if it cannot listen. */
export async function startServer(options: ServerOptions = {}): Promise<DispatchServer> {
  const {port = 8080, host, log = silent, pages = DEMO_FOLDER, dist = join(LIBRARY_FOLDER, 'dist')} = options;
  const uploads = new Uploads({
    folder: options.uploads ?? join(LIBRARY_FOLDER, '.cache/uploads'),
    limit: options.uploadLimit ?? 200 * MEGABYTE,
    total: options.uploadsLimit ?? 2048 * MEGABYTE,
    files: options.filesLimit ?? 10_000,
    log,
  });
  const access = new Access([...(host === undefined ? [] : [host]), ...(options.allowedHosts ?? [])]);
  const users = new Users(options.users, options.groups, options.intercoms, options.echo);
  const certificate = options.tls === true ? await selfSigned(host) : options.tls || undefined;
  const listening = await listen({
    port,
    host,
    certificate,
    silence: options.silenceTimeout ?? 60_000,
    listener: access.guard(
      uploads.listener(
        servePages({
          pages,
          sources: join(LIBRARY_FOLDER, 'src'),
          built: (path) => findBuilt(dist, path),
          // Browsers request it automatically on pages that specify no icon.
          icon: join(DEMO_FOLDER, 'icon.svg'),
          documentation: new Documentation(
            options.docs ?? join(LIBRARY_FOLDER, '.cache/docs'),
            options.buildDocs,
          ),
          log,
        }),
      ),
    ),
  });
  const attempts = new Attempts();
  const tokens = new Tokens();
  const hub = new SipHub({
    users,
    attempts,
    tokens,
    log,
    grace: options.registrationGrace ?? 5,
    returnTimeout: options.returnTimeout ?? 30_000,
    ...(options.nonceLifetime === undefined ? {} : {nonceLifetime: options.nonceLifetime}),
  });
  const api = new ApiServer({
    hub,
    users,
    attempts,
    tokens,
    log,
    loginTimeout: options.loginTimeout ?? 60_000,
  });
  const messages = new MessageRelay({
    hub,
    users,
    log,
    limit: options.keptMessages ?? 100,
    bytes: options.keptBytes ?? 16 * MEGABYTE,
  });
  hub.acceptedBy = (user) => messages.acceptedBy(user);
  hub.onMessage = (connection, message) => {
    if (message.to === API_USER) api.receive(connection, message);
    else messages.relay(message).catch((thrown: unknown) => log(`message: ${reasonOf(thrown)}`));
  };
  const pushes = new Pushes({
    log,
    bindings: (user) => hub.bindings(user),
    onBindingMade: (listener) => hub.onBindingMade(listener),
    patience: options.wakeTimeout ?? 60_000,
    hosts: options.pushHosts ?? [],
  });
  hub.onPushes = (message, user, removesAll) => pushes.note(message, user, removesAll);
  const services: ServerServices = {
    hub,
    users,
    pushes,
    files: uploads,
    events: api,
    log,
    host,
    inviteOrder: options.inviteOrder ?? 'reply-first',
    noAnswerTimeout: options.noAnswerTimeout ?? 30_000,
    askerTimeout: options.askerTimeout ?? 60_000,
    echoTimeout: options.echoTimeout ?? 600_000,
    sessionsLimit: options.sessionsLimit ?? 50,
    floorTimeout: options.floorTimeout ?? 60_000,
    floorQueue: options.floorQueue ?? 3,
  };
  const calls = registerCallHandlers(api.handlers, services);
  const directory = registerDirectoryHandlers(api.handlers, services, {
    calls: calls.sessions,
    positionInterval: options.positionInterval ?? 5_000,
  });
  const sockets = new SocketServer({
    hub,
    api,
    access,
    pingInterval: options.pingInterval ?? 30_000,
    strangers: options.strangersLimit ?? 200,
    loginTimeout: options.loginTimeout ?? 60_000,
  });
  listening.servers.forEach((server) => sockets.serve(server));

  const end = async (): Promise<void> => {
    // Requests for a call fail from now on.
    api.handlers.clear();
    const {promise, stop: enough} = pause(FAREWELL);
    const calm = calls.close();
    // A client that does not answer its BYE is not waited for: its call ends with its socket.
    await Promise.race([calm, promise]).finally(enough);
    hub.close();
    await sockets.close();
    await calm;
    await directory.close();
    await stop(listening);
    await uploads.close();
  };
  let ended: Promise<void> | undefined;
  return {
    url: `${certificate ? 'https' : 'http'}://${pageHost(host)}:${listening.port}/`,
    port: listening.port,
    certificate,
    close: () => (ended ??= end()),
    issueToken: (user, seconds) => tokens.issue(user, seconds),
    stats: () => ({...calls.stats(), ...count(hub, api), uploads: uploads.size}),
  };
}

function count(hub: SipHub, api: ApiServer): Record<string, number> {
  return {
    connections: hub.connections.size,
    apiSockets: api.size,
    bindings: hub.size,
    ...hub.pending,
  };
}

/** Returns the host that a user on this machine opens the page with. */
function pageHost(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
