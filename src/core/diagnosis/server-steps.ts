import {diagnosisDurations} from '../../durations/diagnosis.js';
import {toSipError, type SipError} from '../../errors.js';
import {openSocket} from '../util/open-socket.js';
import {closeSocket} from '../util/socket.js';
import {trialOf, type DiagnosedClient} from './diagnosed-client.js';
import {inTime} from './in-time.js';
import {refusesLocalNetwork} from './page-steps.js';
import {until} from '../util/state-target.js';
import type {CheckFinding} from './step.js';

/** Whether the servers can be reached by WebSocket. A connection that the client has is the proof already. */
export async function checkServers(client: DiagnosedClient, signal: AbortSignal): Promise<CheckFinding> {
  if (client.state.connection === 'connected')
    return {verdict: 'passed', code: 'server-connected', values: {servers: client.options.servers.length}};
  const findings = await Promise.all(client.options.servers.map((url) => checkServer(url, signal)));
  const failed = findings.find(({verdict}) => verdict === 'failed');
  const reached = findings.find(({verdict}) => verdict === 'passed');
  if (!failed || !reached) return findings[0]!;
  // Some are enough to call.
  return {...failed, verdict: 'warning'};
}

async function checkServer(url: string, signal: AbortSignal): Promise<CheckFinding> {
  const subject = new URL(url).host + new URL(url).pathname;
  const begun = performance.now();
  try {
    const timeout = diagnosisDurations.checkedSocket;
    const socket = await openSocket({url, protocol: 'sip', timeout}, signal);
    closeSocket(socket);
    const milliseconds = Math.round(performance.now() - begun);
    return {
      verdict: 'passed',
      code: 'server-reached',
      subject,
      values: {milliseconds, tls: url.startsWith('wss:')},
    };
  } catch (thrown) {
    const {code} = toSipError(thrown);
    if (code === 'aborted') throw thrown;
    const isUnexplained = code === 'server-unreachable' || code === 'certificate-refused';
    if (isUnexplained && (await answersHttp(url, signal)))
      return {verdict: 'failed', code: 'not-a-websocket', subject};
    if (isUnexplained && (await refusesLocalNetwork()))
      return {verdict: 'failed', code: 'local-network-refused', subject};
    return {verdict: 'failed', code, subject};
  }
}

/** Whether something answers HTTP at the address: then the network and the certificate are right, but not the path. */
async function answersHttp(url: string, signal: AbortSignal): Promise<boolean> {
  const ending = new AbortController();
  const fetched = fetch(url.replace(/^ws/, 'http'), {
    mode: 'no-cors',
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'manual',
    signal: ending.signal,
  }).then(
    () => true,
    () => false,
  );
  try {
    return (await inTime(fetched, diagnosisDurations.checkedSocket, signal)) ?? false;
  } finally {
    ending.abort();
  }
}

/** What signing in found, and the client that is signed in, if there is one. */
export interface SignIn {
  readonly finding: CheckFinding;
  readonly client?: DiagnosedClient;
  /** Signs out again; nothing if the page had signed in itself. */
  end(): Promise<void>;
}

/**
 * Whether the server takes the account. A refusal that is known already is not provoked again: servers lock accounts.
 * A client that is not signed in stays so: another one tries, and is signed out by `end`. One that is about to sign in, also
 * again, is waited for: a server that allows an account in one place alone would sign it out.
 */
export async function checkSignIn(client: DiagnosedClient, signal: AbortSignal): Promise<SignIn> {
  const isSettled = await inTime(
    signedIn(client).then(() => true),
    diagnosisDurations.checkedSignIn,
    signal,
  );
  const {registration, error, connection} = client.state;
  const end = async (): Promise<void> => {};
  if (registration === 'registered')
    return {finding: {verdict: 'passed', code: 'signed-in', values: {trial: false}}, client, end};
  if (error && (connection === 'connected' || isRefusal(error))) return {finding: failureOf(error), end};
  if (!isSettled && isSigningIn(client))
    return {finding: error ? failureOf(error) : {verdict: 'failed', code: 'too-slow'}, end};
  const trial = trialOf(client);
  const leave = (): Promise<void> => trial.disconnect();
  try {
    const signed = trial
      .connect()
      .then(() => trial.register())
      .then(() => true);
    if (await inTime(signed, diagnosisDurations.checkedSignIn, signal))
      return {
        finding: {verdict: 'passed', code: 'signed-in', values: {trial: true}},
        client: trial,
        end: leave,
      };
    await leave();
    return {finding: {verdict: 'failed', code: 'too-slow'}, end};
  } catch (thrown) {
    await leave();
    const failure = toSipError(thrown);
    if (signal.aborted) throw failure;
    return {finding: failureOf(failure), end};
  }
}

/** Resolves once a client has signed in, cannot, or has not tried to. */
async function signedIn(client: DiagnosedClient): Promise<void> {
  if (!isSigningIn(client)) return;
  await until(client, () => {
    const {connection, registration, error} = client.state;
    if (connection === 'disconnected' || registration === 'registered') return true;
    return connection === 'connected' && registration !== 'registering' && error !== undefined;
  });
}

function isSigningIn({state: {connection, registration}}: DiagnosedClient): boolean {
  return connection === 'connecting' || connection === 'reconnecting' || registration === 'registering';
}

/** Whether a server has refused the account, which it does again. */
function isRefusal({status, apiCode}: SipError): boolean {
  return status !== undefined || apiCode !== undefined;
}

function failureOf({code, subject, status, apiCode}: SipError): CheckFinding {
  const values = {...(status && {status}), ...(apiCode && {apiCode})};
  return {verdict: 'failed', code, ...(subject && {subject}), values};
}
