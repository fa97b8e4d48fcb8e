import {isLine} from '../core/call-kinds.js';
import type {SipCall} from '../core/call/call.js';
import {isWaiting} from '../core/call/newest-call.js';
import {clientOf, followClient, isClientSource, type ClientSource} from '../core/client/client-source.js';
import {badArgument, plainError, type PlainError} from '../core/util/plain-error.js';
import {checkedOrigin} from './origin.js';
import {
  LONGEST_ADDRESS,
  LONGEST_TEXT,
  MOST_CALLS,
  posted,
  readMessage,
  TO_PHONE,
  type FrameCall,
  type FrameState,
  type MessageToHost,
  type MessageToPhone,
} from './messages.js';

/** Options of {@link shareWithHost}. */
export interface ShareOptions {
  /** The origins of the pages that may use the phone, such as `https://crm.example.com`. */
  readonly origins: readonly string[];
  /** Ends the sharing. */
  readonly signal?: AbortSignal;
}

type Request = Exclude<MessageToPhone, {readonly type: 'connect'}>;

/**
 * Lets the page around an `<iframe>` use the phone in it: place, answer and end calls, and see their states. The host
 * uses `connectPhone`.
 *
 * Any other page is ignored, as is any message that is not in the table of messages. In a page that is in no frame, the
 * function does nothing.
 *
 * @param source - The client, or a `<sip-client>`.
 * @throws {PlainError} `bad-parameter` if there is no client, or no origin that can be used.
 */
export function shareWithHost(source: ClientSource, options: ShareOptions): void {
  const {origins: given, signal = new AbortController().signal} = options ?? {};
  if (!isClientSource(source)) throw badArgument('client', "document.querySelector('sip-client')");
  if (!Array.isArray(given) || !given.length) throw badArgument('origins', "['https://crm.example.com']");
  const origins = given.map(checkedOrigin);
  const host = parent;
  if (host === window || signal.aborted) return;

  /** The origin of the host that has connected. */
  let connected: string | undefined;
  let reported = '';
  const send = (message: MessageToHost, origin: string): void => host.postMessage(posted(message), origin);
  const report = (): void => {
    if (!connected) return;
    const state = stateOf(source);
    const text = JSON.stringify(state);
    if (text === reported) return;
    reported = text;
    send({type: 'state', state}, connected);
  };

  addEventListener(
    'message',
    ({source: sender, origin, data}) => {
      if (sender !== host || !origins.includes(origin)) return;
      const message = readMessage(TO_PHONE, data);
      if (!message) return;
      if (message.type === 'connect') {
        connected = origin;
        reported = '';
        report();
      } else {
        void resultOf(source, message).then((result) => send(result, origin));
      }
    },
    {signal},
  );
  followClient(source, report, signal);
  signal.addEventListener('abort', () => {
    if (connected) send({type: 'state', state: stateOf(undefined)}, connected);
  });
  // A browser complains about a message to another origin than that of the host: most of them tell it.
  const around = location.ancestorOrigins?.[0];
  for (const origin of origins) if (!around || around === origin) send({type: 'ready'}, origin);
}

/** Carries a request out. Never rejects. */
async function resultOf(source: ClientSource, request: Request): Promise<MessageToHost> {
  const result = {type: 'result', request: request.request, id: undefined, error: undefined} as const;
  try {
    return {...result, id: (await carriedOut(source, request)).id};
  } catch (thrown) {
    const {code = 'internal', message = ''} = thrown as Partial<PlainError>;
    return {...result, error: {code: shortened(code), message: shortened(message)}};
  }
}

async function carriedOut(source: ClientSource, request: Request): Promise<SipCall> {
  const client = clientOf(source);
  if (!client) throw plainError('not-connected');
  if (request.type === 'call') return client.call(request.number, {media: request.media ?? 'audio'});
  const call = client.calls.find((each) => isTold(each) && each.id === request.id);
  if (!call) throw plainError('call-not-found');
  if (request.type === 'answer') await call.answer(request.media ? {media: request.media} : {});
  else await call.hangup();
  return call;
}

function stateOf(source: ClientSource | undefined): FrameState {
  const client = source && clientOf(source);
  const {connection = 'disconnected', registration = 'unregistered', calls = []} = client?.state ?? {};
  return {connection, registration, calls: calls.filter(isTold).slice(0, MOST_CALLS).map(copyOf)};
}

/**
 * Whether the host sees a call: not those that only watch or listen, nor one that the page does not let ring, nor one
 * whose id or number is too long to pass.
 */
function isTold(call: SipCall): boolean {
  if (Math.max(call.id.length, call.remote.number.length) > LONGEST_ADDRESS) return false;
  return isLine(call.type) && !(isWaiting(call) && call.state.quiet);
}

function copyOf({id, remote, direction, state}: SipCall): FrameCall {
  const {phase, held, answeredAt} = state;
  return {
    id,
    number: remote.number,
    name: shortened(remote.name),
    direction,
    phase,
    held,
    answeredAt,
  };
}

function shortened(text: string): string {
  return text.slice(0, LONGEST_TEXT);
}
