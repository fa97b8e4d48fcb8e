import type {Session} from 'sip.js';

/** The dialog that an INVITE replaces (RFC 3891 §6.1), as the receiver of the INVITE knows it. */
export interface Replaces {
  readonly callId: string;
  /** The receiver's local tag. */
  readonly toTag: string;
  readonly fromTag: string;
  /** Whether it applies only before the dialog is answered. */
  readonly earlyOnly: boolean;
}

/** Reads a Replaces header; undefined if it identifies no dialog. */
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

/** Whether the header identifies the dialog of the session. */
export function isOf({callId, toTag, fromTag}: Replaces, {dialog}: Session): boolean {
  return dialog?.callId === callId && dialog.localTag === toTag && dialog.remoteTag === fromTag;
}

/** The Replaces header with which the far end of the session's dialog finds it; undefined without a dialog. */
export function replacesOf({dialog}: Session): string | undefined {
  return dialog && `${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`;
}
