/** The Allow header of this side's requests that begin or change something (RFC 3261 §20.5). */
export const ALLOW = 'Allow: ACK, CANCEL, INVITE, MESSAGE, BYE, OPTIONS, INFO, NOTIFY, REFER';
