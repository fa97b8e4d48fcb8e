import type {SessionDialog} from '../sip-js.js';
import type {DialogIdentity} from '../../core/server/dialog.js';

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

/** Whether the header identifies the dialog. */
export function isOf({callId, toTag, fromTag}: Replaces, dialog: SessionDialog): boolean {
  return dialog.callId === callId && dialog.localTag === toTag && dialog.remoteTag === fromTag;
}

/** The Replaces header with which the far end of the dialog finds it. */
export function replacesOf({
  callId,
  localTag,
  remoteTag,
}: Pick<SessionDialog, 'callId' | 'localTag' | 'remoteTag'>): string {
  return `${callId};to-tag=${remoteTag};from-tag=${localTag}`;
}

/** What identifies the dialog at its far end. */
export function identityOf(dialog: SessionDialog, rejoin: DialogIdentity['rejoin']): DialogIdentity {
  const {callId, localTag, remoteTag, localURI, remoteURI, remoteTarget, routeSet} = dialog;
  return {
    callId,
    localTag,
    remoteTag,
    localUri: localURI.toString(),
    remoteUri: remoteURI.toString(),
    remoteTarget: remoteTarget.toString(),
    routeSet,
    sequence: dialog.localSequenceNumber ?? 0,
    rejoin,
  };
}
