import type {Session} from 'sip.js';

/** The dialog that an INVITE is to take the place of (RFC 3891 §6.1), as the one who gets it knows it. */
export interface Replaces {
  readonly callId: string;
  /** The local tag of whoever gets it. */
  readonly toTag: string;
  readonly fromTag: string;
  /** Not once it was answered. */
  readonly earlyOnly: boolean;
}

/** Reads a Replaces header; undefined where it names no dialog. */
export function readReplaces(header: string): Replaces | undefined {
  const [callId = '', ...parameters] = header.split(';').map((part) => part.trim());
  const valueOf = (name: string): string =>
    parameters.find((parameter) => parameter.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1) ??
    '';
  const [toTag, fromTag] = [valueOf('to-tag'), valueOf('from-tag')];
  if (!callId || !toTag || !fromTag) return undefined;
  const earlyOnly = parameters.some((parameter) => parameter.toLowerCase() === 'early-only');
  return {callId, toTag, fromTag, earlyOnly};
}

/** Whether the header means the dialog of the session. */
export function isOf({callId, toTag, fromTag}: Replaces, {dialog}: Session): boolean {
  return dialog?.callId === callId && dialog.localTag === toTag && dialog.remoteTag === fromTag;
}

/** The header by which the far end of the session's dialog finds it; undefined where there is none. */
export function replacesOf({dialog}: Session): string | undefined {
  return dialog && `${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`;
}
