import {SessionState, type Info, type Notification, type Referral, type Session} from 'sip.js';
import type {IncomingRequest, IncomingRequestMessage} from 'sip.js/lib/core/index.js';
import type {CallCause} from '../../core/types.js';
import {causeOfBye, causeOfCancel} from '../headers/cause.js';
import type {Headers} from '../headers/identity.js';
import {readTone, TONE_TYPES, type ReceivedTone} from './tone-info.js';

/** Callbacks that follow a session. */
export interface SessionFollower {
  /** Whether the session is still the dialog's current one. */
  current(): boolean;
  /** A request for the call arrived: BYE, CANCEL, re-INVITE. */
  heard(request: IncomingRequestMessage): void;
  onConfirmed(): void;
  /** @param cause - Undefined if the session gave none. */
  onEnd(cause?: CallCause): void;
  onMessage(body: string, contentType: string): void;
  onTone(tone: ReceivedTone): void;
  /** A re-INVITE arrived and has been answered. */
  onReinvite(request: Headers): void;
  /** A NOTIFY arrived and has been answered. */
  onNotify(notification: Notification): void;
  /** A REFER arrived; the callback must answer it. */
  onRefer(referral: Referral): void;
}

const TONES = /^application\/dtmf(?:-relay)?\b/i;

/** Follows a sip.js session, and answers requests within its dialog. */
export function followSession(session: Session, follower: SessionFollower): void {
  session.delegate = {
    onBye: (bye) => {
      void bye.accept();
      follower.heard(bye.request);
      if (follower.current()) follower.onEnd(causeOfBye(bye.request.getHeaders('reason')));
    },
    onCancel: (cancel) => {
      follower.heard(cancel.request);
      if (follower.current()) follower.onEnd(causeOfCancel(cancel.request.getHeaders('reason')));
    },
    onInvite: (request) => {
      follower.heard(request);
      if (follower.current()) follower.onReinvite(request);
    },
    onInfo: (info) => answerInfo(info, follower),
    onMessage: (message) => {
      void message.accept();
      follower.onMessage(message.request.body, message.request.getHeader('content-type') ?? 'text/plain');
    },
    onNotify: (notification) => {
      void notification.accept();
      if (follower.current()) follower.onNotify(notification);
    },
    // Without this handler, sip.js would follow the REFER automatically.
    onRefer: (referral) => {
      if (follower.current()) follower.onRefer(referral);
      else void referral.reject({statusCode: 603});
    },
  };
  session.stateChange.addListener((state) => {
    if (!follower.current()) return;
    if (state === SessionState.Established) follower.onConfirmed();
    // The response that ended the session is reported right after.
    if (state === SessionState.Terminated)
      queueMicrotask(() => {
        if (follower.current()) follower.onEnd();
      });
  });
}

/** Handlers of requests that sip.js drops before the ACK. */
const DELAYED = ['onBye', 'onInfo', 'onInvite', 'onMessage', 'onNotify', 'onRefer'] as const;

type Delayed = Partial<Record<(typeof DELAYED)[number], (request: Pick<IncomingRequest, 'reject'>) => void>>;

/**
 * Queues requests between the 2xx and its ACK, which sip.js would drop: a conference sends its participants as soon as
 * it has answered, and a callee may hold or hang up at once (RFC 5407 §3.1.4).
 */
export function delayRequests(session: Session): void {
  const current = (): Delayed => (session.dialog?.delegate ?? {}) as Delayed;
  const delegate = current();
  for (const name of DELAYED) {
    const take = delegate[name]?.bind(delegate);
    if (!take) continue;
    delegate[name] = (request) => {
      if (session.state !== SessionState.Establishing) return take(request);
      session.stateChange.addListener(
        (state) => {
          // Read again: by then, answers add their own headers.
          if (state === SessionState.Established) current()[name]?.(request);
          else void request.reject({statusCode: 481});
        },
        {once: true},
      );
    };
  }
}

/** Accepts tones, and refuses any other INFO, which ends nothing (RFC 6086 §4.2.2). */
function answerInfo(info: Info, follower: SessionFollower): void {
  const {request} = info;
  const contentType = request.getHeader('content-type') ?? '';
  if (!TONES.test(contentType)) {
    const packaged = request.hasHeader('info-package');
    void info.reject(
      packaged ? {statusCode: 469, extraHeaders: ['Recv-Info: ']} : {statusCode: 415, extraHeaders: [ACCEPT]},
    );
    return;
  }
  const tone = readTone(contentType, request.body);
  if (!tone) return void info.reject({statusCode: 400});
  void info.accept();
  if (follower.current()) follower.onTone(tone);
}

const ACCEPT = `Accept: ${TONE_TYPES}`;
