import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Kamailio} from '../interop/kamailio.js';
import {freePort, startProgram} from '../interop/program.js';

/** A phone over UDP that follows a script for one call, and echoes what it hears. */
export interface ScriptedPhone {
  /** Resolves at the end of the script; rejects if another message arrives, or none. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts SIPp as the phone of a user: it answers a call and continues with the steps of a SIPp scenario. */
export async function startScriptedPhone(
  kamailio: Kamailio,
  user: string,
  {contact = 'sip:[local_ip]:[local_port]', steps}: {readonly contact?: string; readonly steps: string},
): Promise<ScriptedPhone> {
  const folder = await mkdtemp(join(tmpdir(), 'sip-script-'));
  const file = join(folder, 'scenario.xml');
  await writeFile(
    file,
    `<?xml version="1.0" encoding="UTF-8"?><scenario name="phone">
      <recv request="INVITE" rrs="true"><action>
        <ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/>
        <ereg regexp=".*" search_in="hdr" header="To:" assign_to="called"/>
      </action></recv>
      <Reference variables="caller,called"/>
      ${answers(contact)}
      <recv request="ACK"/>
      ${steps}
    </scenario>`,
  );
  const port = await freePort('udp');
  const program = startProgram('sipp', [
    ...['-sf', file, '-m', '1', '-i', '127.0.0.1', '-p', `${port}`, '-mi', '127.0.0.1', '-rtp_echo'],
    ...['-nostdin', '-recv_timeout', '15000'],
  ]);
  await kamailio.command(
    ...['ul.add', 'location', user, `sip:${user}@127.0.0.1:${port}`, '3600', '1.0', '.', '0', '0', '8191'],
  );
  const ended = program.ended.then((code) => {
    if (code !== 0) throw new Error(`SIPp ended with code ${code}:\n${program.output()}`);
  });
  // A test that does not wait for it must not fail by an unhandled rejection.
  ended.catch(() => {});
  return {
    ended,
    async stop() {
      await program.stop();
      await kamailio.command('ul.rm', 'location', user);
      await rm(folder, {recursive: true, force: true});
    },
  };
}

const SAME = '[last_Via:]\n[last_From:]\n[last_Call-ID:]\n[last_CSeq:]';

/** Takes the INVITE that came last. */
const answers = (contact: string): string =>
  sent(`SIP/2.0 200 OK
${SAME}
[last_To:];tag=[pid]
[last_Record-Route:]
Contact: <${contact}>
${described(1, 'sendrecv')}`);

/** Holds the call, from another contact perhaps. */
export const holds = (contact: string): string =>
  [
    sent(`${request('INVITE')}
Contact: <${contact}>
${described(2, 'sendonly')}`),
    '<recv response="100" optional="true"/><recv response="200"/>',
    sent(`${request('ACK')}
Content-Length: 0
`),
  ].join('');

const request = (method: string): string => `${method} [next_url] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
[routes]
From:[$called];tag=[pid]
To:[$caller]
Call-ID: [call_id]
CSeq: 1 ${method}
Max-Forwards: 70`;

const described = (version: number, direction: string): string => `Content-Type: application/sdp
Content-Length: [len]

v=0
o=phone 1 ${version} IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
a=${direction}`;

/** Answers the request that came last, within the call. */
export const replies = (status: string): string =>
  sent(`SIP/2.0 ${status}
${SAME}
[last_To:]
Content-Length: 0
`);

/** Sends the text without its indentation. */
const sent = (text: string): string => `<send><![CDATA[\n${text}\n]]></send>`;
